import { Module, type OnModuleInit } from '@nestjs/common';
import { SourceRegistry } from '../../fhir';
import { MedicalProblemController } from './medical-problem.controller';
import { medicalProblemSource } from './medical-problem.fhir';
import { MedicalProblemRepository } from './medical-problem.repository';
import { MedicalProblemService } from './medical-problem.service';

@Module({ controllers: [MedicalProblemController], providers: [MedicalProblemRepository, MedicalProblemService], exports: [MedicalProblemService] })
export class MedicalProblemModule implements OnModuleInit {
  constructor(
    private readonly registry: SourceRegistry,
    private readonly problems: MedicalProblemRepository,
  ) {}

  onModuleInit(): void {
    this.registry.register(medicalProblemSource, this.problems.store);
  }
}
