export * from './demographics';
export * from './diagnosis-codes';
export * from './systems';
