export { ImportModule } from './import.module';
export type { ImportReport, Refusal } from './import-report';
export { Importer, type ImportOptions, type ImportProgress } from './importer';
