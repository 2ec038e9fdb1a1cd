import { Global, Module, type OnModuleInit } from '@nestjs/common';
import { PATIENT_DIRECTORY } from '../../auth';
import { SourceRegistry } from '../../fhir';
import { PatientController } from './patient.controller';
import { PatientDirectoryOfTable } from './patient.directory';
import { patientSource } from './patient.fhir';
import { PatientRepository } from './patient.repository';
import { PatientService } from './patient.service';

/** Global, since every clinical domain hangs its rows on a patient. */
@Global()
@Module({
  controllers: [PatientController],
  providers: [PatientRepository, PatientService, { provide: PATIENT_DIRECTORY, useClass: PatientDirectoryOfTable }],
  exports: [PatientRepository, PatientService, PATIENT_DIRECTORY],
})
export class PatientModule implements OnModuleInit {
  constructor(
    private readonly registry: SourceRegistry,
    private readonly patients: PatientRepository,
  ) {}

  onModuleInit(): void {
    this.registry.register(patientSource, this.patients.store);
  }
}
