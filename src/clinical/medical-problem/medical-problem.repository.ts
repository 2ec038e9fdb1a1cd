import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { TableStores } from '../../standard';
import { IssueRepository } from '../issue';
import { medicalProblemSource, PROBLEM_LIST_ITEM } from './medical-problem.fhir';

/** Medical problems in `lists`. Put down by hand they are confirmed items of the problem list. */
@Injectable()
export class MedicalProblemRepository extends IssueRepository {
  constructor(stores: TableStores, db: Db) {
    super(stores, db, { type: 'medical_problem', source: medicalProblemSource, defaults: { category: PROBLEM_LIST_ITEM, verification: 'confirmed' } });
  }
}
