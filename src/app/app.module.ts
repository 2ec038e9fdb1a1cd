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
import { StandardModule } from '../standard';
import { WebModule } from '../web';
import { HealthController } from './health.controller';
import { schema } from './schema';
import { UnknownRouteController } from './unknown-route.controller';

/** The whole house. Entry points differ only in what they start on top of it. */
@Module({})
export class AppModule {
  /** `work`: this process runs jobs too. Without Redis it must, for nobody else can. */
  static with(config: Config, work = !config.REDIS_URL): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ConfigModule.with(config),
        DatabaseModule.with(schema),
        AuditModule,
        QueueModule.with(config, { work }),
        FilesModule,
        AuthModule,
        FhirModule,
        StandardModule,
        ...[...practiceDomains, ...clinicalDomains].map((domain) => domain.module),
        PortalModule,
        WebModule,
      ],
      controllers: [HealthController, UnknownRouteController],
    };
  }
}
