export * from './demographics';
export * from './diagnosis-codes';
export * from './encounter-class';
export * from './issue-lists';
export * from './systems';
export * from './units';
