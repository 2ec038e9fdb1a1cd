export { BareInvalid, sendBare } from './bare';
export { type Envelope, many, type Page, pageLinks, single } from './envelope';
export * from './rules';
export { StandardModule } from './standard.module';
export { TableStore, TableStores, type TableRules } from './table-store';
export { type BodyRules, declaredFields, validateBody } from './validate-body';
