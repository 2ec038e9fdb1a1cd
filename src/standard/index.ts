export { BareInvalid, sendBare } from './bare';
export { type Envelope, many, type Page, pageLinks, single } from './envelope';
export { equalFilters, whereEqual } from './equal-filters';
export { pageOf } from './paging';
export * from './rules';
export { StandardModule } from './standard.module';
export { TableStore, TableStores, type TableRules } from './table-store';
export { UnknownToDelete, unknownUuid } from './unknown-uuid';
export { type BodyRules, declaredFields, validateBody } from './validate-body';
