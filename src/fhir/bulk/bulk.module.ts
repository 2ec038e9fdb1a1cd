import { Module } from '@nestjs/common';
import { ExportHandler } from './export.handler';
import { ExportLimits } from './export-limits';
import { Exports } from './exports';
import { ExportController } from './http/export.controller';
import { ExportFileController } from './http/export-file.controller';
import { ExportStatusController } from './http/export-status.controller';

/** Bulk Data Access: $export of the system, of all patients, of a Group. */
@Module({
  controllers: [ExportController, ExportStatusController, ExportFileController],
  providers: [Exports, ExportHandler, ExportLimits],
})
export class BulkModule {}
