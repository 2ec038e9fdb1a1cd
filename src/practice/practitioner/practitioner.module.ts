import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { SourceRegistry } from '../../fhir';
import { PractitionerController } from './practitioner.controller';
import { practitionerSource } from './practitioner.fhir';
import { PractitionerRepository } from './practitioner.repository';
import { PractitionerService } from './practitioner.service';

@Global()
@Module({ controllers: [PractitionerController], providers: [PractitionerRepository, PractitionerService], exports: [PractitionerRepository] })
export class PractitionerModule implements OnModuleInit {
  constructor(
    private readonly registry: SourceRegistry,
    private readonly practitioners: PractitionerRepository,
  ) {}

  onModuleInit(): void {
    this.registry.register(practitionerSource, this.practitioners.store);
  }
}
