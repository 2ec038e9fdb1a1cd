import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { SourceRegistry } from '../../fhir';
import { EncounterController } from './encounter.controller';
import { encounterSource } from './encounter.fhir';
import { EncounterRepository } from './encounter.repository';
import { EncounterService } from './encounter.service';

@Global()
@Module({ controllers: [EncounterController], providers: [EncounterRepository, EncounterService], exports: [EncounterRepository, EncounterService] })
export class EncounterModule implements OnModuleInit {
  constructor(
    private readonly registry: SourceRegistry,
    private readonly encounters: EncounterRepository,
  ) {}

  onModuleInit(): void {
    this.registry.register(encounterSource, this.encounters.store);
  }
}
