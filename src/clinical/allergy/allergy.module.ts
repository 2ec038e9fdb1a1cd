import { Module, type OnModuleInit } from '@nestjs/common';
import { SourceRegistry } from '../../fhir';
import { AllergyController } from './allergy.controller';
import { allergySource } from './allergy.fhir';
import { AllergyRepository } from './allergy.repository';
import { AllergyService } from './allergy.service';

@Module({ controllers: [AllergyController], providers: [AllergyRepository, AllergyService], exports: [AllergyService] })
export class AllergyModule implements OnModuleInit {
  constructor(
    private readonly registry: SourceRegistry,
    private readonly allergies: AllergyRepository,
  ) {}

  onModuleInit(): void {
    this.registry.register(allergySource, this.allergies.store);
  }
}
