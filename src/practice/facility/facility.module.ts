import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { SourceRegistry } from '../../fhir';
import { FacilityController } from './facility.controller';
import { facilitySource } from './facility.fhir';
import { FacilityRepository } from './facility.repository';
import { FacilityService } from './facility.service';

@Global()
@Module({ controllers: [FacilityController], providers: [FacilityRepository, FacilityService], exports: [FacilityRepository] })
export class FacilityModule implements OnModuleInit {
  constructor(
    private readonly registry: SourceRegistry,
    private readonly facilities: FacilityRepository,
  ) {}

  onModuleInit(): void {
    this.registry.register(facilitySource, this.facilities.store);
  }
}
