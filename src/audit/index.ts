export { AuditLog, type RequestFacts } from './audit-log';
export { AuditModule } from './audit.module';
export { auditTable, CreateAudit } from './audit.table';
