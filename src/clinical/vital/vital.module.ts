import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { SourceRegistry } from '../../fhir';
import { VitalController } from './vital.controller';
import { vitalSource } from './vital.fhir';
import { VitalRepository } from './vital.repository';
import { VitalService } from './vital.service';

@Global()
@Module({ controllers: [VitalController], providers: [VitalRepository, VitalService], exports: [VitalRepository] })
export class VitalModule implements OnModuleInit {
  constructor(
    private readonly registry: SourceRegistry,
    private readonly vitals: VitalRepository,
  ) {}

  onModuleInit(): void {
    this.registry.register(vitalSource, this.vitals.store);
  }
}
