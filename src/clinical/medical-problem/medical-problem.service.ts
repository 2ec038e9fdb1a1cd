import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import { Db } from '../../database';
import { IssueService } from '../issue';
import { PatientService } from '../patient';
import { MAY_BE_EMPTY, MedicalProblemDto } from './medical-problem.dto';
import { PROBLEM_FILTERS } from './medical-problem.filters';
import { MedicalProblemRepository } from './medical-problem.repository';
import { medicalProblemViews } from './medical-problem.view';

/** Medical problems through the standard API. */
@Injectable()
export class MedicalProblemService extends IssueService {
  constructor(problems: MedicalProblemRepository, patients: PatientService, db: Db, @Inject(CONFIG) config: Config) {
    super(problems, patients, db, config, { name: 'medical_problem', dto: MedicalProblemDto, mayBeEmpty: MAY_BE_EMPTY, filters: PROBLEM_FILTERS, views: medicalProblemViews });
  }
}
