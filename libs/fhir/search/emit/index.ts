export * from './composite';
export * from './date';
export * from './position';
export * from './quantity';
export * from './reference';
export * from './string';
export * from './token';
export * from './uri';
