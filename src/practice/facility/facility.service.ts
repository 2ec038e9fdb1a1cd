import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '../../config';
import { noteAudit } from '../../kernel';
import { declaredFields, type Envelope, equalFilters, many, pageLinks, recordName, unknownUuid, validateBody } from '../../standard';
import { facilityColumns } from './facility.columns';
import { FacilityDto, MAY_BE_EMPTY } from './facility.dto';
import type { FacilityRow } from './facility.entity';
import { FacilityRepository } from './facility.repository';
import { facilityView, type FacilityView } from './facility.view';

/** Facilities through the standard API. */
@Injectable()
export class FacilityService {
  constructor(
    private readonly facilities: FacilityRepository,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  async list(query: Record<string, unknown>, url: string): Promise<Envelope<FacilityView[]>> {
    noteAudit('search', 'facility');
    const rows = await this.facilities.find(equalFilters(query, declaredFields(FacilityDto), facilityColumns));
    return many(rows.map(facilityView), pageLinks(this.config.BASE_URL + url.split('?')[0]!, query, { limit: 0, offset: 0 }, false));
  }

  async read(uuid: string): Promise<FacilityView> {
    noteAudit('read', recordName('facility', uuid));
    const row = await this.facilities.byUuid(uuid);
    if (!row) throw unknownUuid(uuid);
    return facilityView(row);
  }

  async create(body: unknown): Promise<{ id: number; uuid: string }> {
    const fields = validateBody(FacilityDto, body, { specs: facilityColumns, mayBeEmpty: MAY_BE_EMPTY });
    const row = await this.facilities.store.create(fields as Partial<FacilityRow>);
    return { id: row.id, uuid: row.uuid };
  }

  async update(uuid: string, body: unknown): Promise<FacilityView> {
    const fields = validateBody(FacilityDto, body, { partial: true, specs: facilityColumns, mayBeEmpty: MAY_BE_EMPTY });
    const row = await this.facilities.store.update(uuid, fields as Partial<FacilityRow>);
    if (!row) throw unknownUuid(uuid);
    return facilityView(row);
  }
}
