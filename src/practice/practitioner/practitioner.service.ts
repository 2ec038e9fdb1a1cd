import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import { invalid, noteAudit } from '../../kernel';
import { declaredFields, type Envelope, equalFilters, many, pageLinks, recordName, unknownUuid, validateBody } from '../../standard';
import { userColumns } from './practitioner.columns';
import { MAY_BE_EMPTY, PractitionerDto } from './practitioner.dto';
import type { PractitionerRow } from './practitioner.entity';
import { PractitionerRepository } from './practitioner.repository';
import { practitionerView, type PractitionerView } from './practitioner.view';

/** Practitioners through the standard API. */
@Injectable()
export class PractitionerService {
  constructor(
    private readonly practitioners: PractitionerRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list(query: Record<string, unknown>, url: string): Promise<Envelope<PractitionerView[]>> {
    noteAudit('search', 'practitioner');
    // The published documentation misspells this one.
    const filters = equalFilters({ state_license_number: query.state_license_number2, ...query }, declaredFields(PractitionerDto), userColumns);
    const rows = await this.practitioners.find(filters);
    return many(rows.map(practitionerView), pageLinks(this.config.BASE_URL + url.split('?')[0]!, query, { limit: 0, offset: 0 }, false));
  }

  async read(uuid: string): Promise<PractitionerView> {
    noteAudit('read', recordName('practitioner', uuid));
    const row = await this.practitioners.byUuid(uuid);
    if (!row) throw unknownUuid(uuid);
    return practitionerView(row);
  }

  async create(body: unknown): Promise<{ id: number; uuid: string }> {
    const fields = await this.checked(body, false);
    const row = await this.practitioners.store.create(fields);
    return { id: row.id, uuid: row.uuid };
  }

  async update(uuid: string, body: unknown): Promise<PractitionerView> {
    const fields = await this.checked(body, true);
    if (!(await this.practitioners.byUuid(uuid))) throw unknownUuid(uuid);
    const row = await this.practitioners.store.update(uuid, fields);
    if (!row) throw unknownUuid(uuid);
    return practitionerView(row);
  }

  private async checked(body: unknown, partial: boolean): Promise<Partial<PractitionerRow>> {
    const fields = validateBody(PractitionerDto, body, { partial, specs: userColumns, mayBeEmpty: MAY_BE_EMPTY }) as Partial<PractitionerRow>;
    if (fields.facility_id !== undefined && fields.facility_id !== null && !(await this.practitioners.facilityExists(Number(fields.facility_id)))) {
      throw invalid('There is no such facility.', [{ path: 'facility_id', rule: 'Callback::INVALID_VALUE', message: 'Facility Id is invalid' }]);
    }
    return fields;
  }
}
