import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import { Db } from '../../database';
import { IssueService } from '../issue';
import { PatientService } from '../patient';
import { MAY_BE_EMPTY, AllergyDto } from './allergy.dto';
import { ALLERGY_FILTERS } from './allergy.filters';
import { AllergyRepository } from './allergy.repository';
import { allergyViews } from './allergy.view';

/** Allergies through the standard API. */
@Injectable()
export class AllergyService extends IssueService {
  constructor(allergies: AllergyRepository, patients: PatientService, db: Db, @Inject(CONFIG) config: Config) {
    super(allergies, patients, db, config, { name: 'allergy', dto: AllergyDto, mayBeEmpty: MAY_BE_EMPTY, filters: ALLERGY_FILTERS, views: allergyViews });
  }
}
