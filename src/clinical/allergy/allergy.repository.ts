import { Injectable } from '@nestjs/common';
import { Db } from '../../database';
import { TableStores } from '../../standard';
import { IssueRepository } from '../issue';
import { allergySource } from './allergy.fhir';

/** Allergies in `lists`. Put down by hand they are unconfirmed, and taken for allergies to a medication. */
@Injectable()
export class AllergyRepository extends IssueRepository {
  constructor(stores: TableStores, db: Db) {
    super(stores, db, { type: 'allergy', source: allergySource, defaults: { category: 'medication', verification: 'unconfirmed' } });
  }
}
