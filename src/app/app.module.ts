import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from '../audit';
import { AuthModule } from '../auth';
import { clinicalDomains } from '../clinical';
import { type Config, ConfigModule } from '../config';
import { DatabaseModule } from '../database';
import { FhirModule } from '../fhir';
import { FilesModule } from '../files';
import { practiceDomains } from '../practice';
import { PortalModule } from '../portal';
import { QueueModule } from '../queue';
import { WebModule } from '../web';
import { HealthController } from './health.controller';
import { schema } from './schema';

/** The whole house. Entry points differ only in what they start on top of it. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        DatabaseModule.with(schema),
        AuditModule,
        QueueModule.with(config),
        FilesModule,
        AuthModule,
        FhirModule,
        ...[...practiceDomains, ...clinicalDomains].map((domain) => domain.module),
        PortalModule,
        WebModule,
      ],
      controllers: [HealthController],
    };
  }
}
