export * from './access';
export * from './clock';
export * from './context';
export * from './errors';
export * from './fold-text';
export * from './html';
export * from './ids';
export * from './logger';
