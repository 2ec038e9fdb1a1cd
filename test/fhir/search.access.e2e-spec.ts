import type { FhirResource } from '#libs/fhir';
import { ALL_VERBS, type Access } from '../../src/kernel';
import { accessCondition } from '../../src/fhir/search';
import { idsOf, linkOf, patientAccess, type SearchWorld, searchWorld, staff } from './search.fixture';

/** Stands in every value of B; an answer to A's token that holds it is a leak. */
const CANARY = 'zqcanary';

const chart = (who: string, mark: string): FhirResource[] => [
  { resourceType: 'Patient', id: who, name: [{ family: `${mark}family` }], gender: who === 'A' ? 'female' : 'male', identifier: [{ system: 'urn:mrn', value: `${mark}mrn` }], generalPractitioner: [{ reference: 'Practitioner/shared' }], managingOrganization: { reference: 'Organization/org' } },
  { resourceType: 'Encounter', id: `${who}-enc`, status: 'finished', class: { code: mark }, subject: { reference: `Patient/${who}` }, location: [{ location: { reference: 'Location/ward' } }] },
  { resourceType: 'Observation', id: `${who}-vital`, status: 'final', code: { coding: [{ code: `${mark}code` }] }, category: [{ coding: [{ system: 'urn:cat', code: 'vital-signs' }] }], subject: { reference: `Patient/${who}` }, encounter: { reference: `Encounter/${who}-enc` }, performer: [{ reference: 'Practitioner/shared' }], effectiveDateTime: '2024-01-01' },
  { resourceType: 'Observation', id: `${who}-lab`, status: 'final', code: { coding: [{ code: `${mark}lab` }] }, category: [{ coding: [{ system: 'urn:cat', code: 'laboratory' }] }], subject: { reference: `Patient/${who}` }, hasMember: [{ reference: `Observation/${who}-vital` }], effectiveDateTime: '2024-01-02' },
  { resourceType: 'Observation', id: `${who}-secret`, meta: { security: [{ code: 'R' }] }, status: 'final', code: { coding: [{ code: `${CANARY}sensitive` }] }, category: [{ coding: [{ system: 'urn:cat', code: 'vital-signs' }] }], subject: { reference: `Patient/${who}` } },
  { resourceType: 'Condition', id: `${who}-cond`, code: { text: mark }, subject: { reference: `Patient/${who}` }, encounter: { reference: `Encounter/${who}-enc` } },
  { resourceType: 'CareTeam', id: `${who}-team`, subject: { reference: `Patient/${who}` }, participant: [{ member: { reference: 'Practitioner/shared' } }] },
  { resourceType: 'RelatedPerson', id: `${who}-rel`, patient: { reference: `Patient/${who}` }, name: [{ family: mark }] },
];

const SHARED: FhirResource[] = [
  { resourceType: 'Practitioner', id: 'shared', name: [{ family: 'Shared' }] },
  { resourceType: 'Organization', id: 'org', name: 'Clinic' },
  { resourceType: 'Location', id: 'ward', name: 'Ward', status: 'active' },
  { resourceType: 'Group', id: 'g', type: 'person', actual: true, member: [{ entity: { reference: 'Patient/A' } }, { entity: { reference: 'Patient/B' } }], code: { text: CANARY } },
  { resourceType: 'Appointment', id: 'both', status: 'booked', description: CANARY, participant: [{ actor: { reference: 'Patient/A' }, status: 'accepted' }, { actor: { reference: 'Patient/B' }, status: 'accepted' }, { actor: { reference: 'Practitioner/shared' }, status: 'accepted' }] },
  { resourceType: 'Binary', id: 'bin', contentType: 'text/plain', data: 'AAAA' },
  { resourceType: 'Basic', id: 'loose', code: { text: CANARY } },
];

let world: SearchWorld;
const A = patientAccess('A');

beforeAll(async () => {
  world = await searchWorld();
  await world.put(...SHARED, ...chart('A', 'amark'), ...chart('B', CANARY));
});

afterAll(() => world.close());

/** The answer to A's token, checked for B. */
async function asA(query: string, access: Access = A): Promise<string[]> {
  const bundle = await world.bundle(query, { access });
  expect(JSON.stringify(bundle.entry ?? [])).not.toContain(CANARY);
  expect(JSON.stringify(bundle.entry ?? [])).not.toMatch(/"B-|Patient\/B|"id":"B"/);
  return (bundle.entry ?? []).filter((entry) => entry.search.mode !== 'outcome' && !entry.resource.id!.startsWith('h-')).map((entry) => entry.resource.id!);
}

describe('a token confined to one patient (F2)', () => {
  it.each([
    ['Patient', 'A'], ['Observation', 'A-lab A-vital'], ['Condition', 'A-cond'], ['Encounter', 'A-enc'], ['CareTeam', 'A-team'], ['RelatedPerson', 'A-rel'], ['Group', ''], ['Appointment', ''], ['Basic', ''], ['Binary', ''],
    ['Practitioner', 'shared'], ['Organization', 'org'], ['Location', 'ward'],
    ['Observation?patient=B', ''], ['Observation?patient=A,B', 'A-lab A-vital'], ['Observation?subject=Patient/B', ''], ['Observation?patient=https://salus.test/apis/default/fhir/Patient/B', ''],
    ['Observation?patient:identifier=urn:mrn|zqcanarymrn', ''], ['Patient?_id=B', ''], ['Patient?_id:not=A', ''], ['Patient?family:not-there=x&_id=A,B', 'A'], ['Patient?identifier:missing=true', ''], ['Observation?code:not=amarklab', 'A-vital'],
    ['Observation?_id=B-lab,A-lab', 'A-lab'], ['Observation?_sort=-date', 'A-lab A-vital'], ['Appointment?patient=A', ''], ['Group?member=Patient/A', ''],
  ])('finds by %s only “%s”', async (query, ids) => {
    const access = query.includes('not-there') ? undefined : A;
    if (!access) return expect(world.bundle(query, { access: A })).rejects.toMatchObject({ status: 400 });
    expect((await asA(query, access)).sort()).toEqual(ids.split(' ').filter(Boolean));
  });

  it.each([['Observation', 2], ['Observation?patient=A,B', 2], ['Observation?patient=B', 0], ['Patient', 1]])('%s counts %i', async (query, total) => {
    const sign = query.includes('?') ? '&' : '?';
    expect((await world.bundle(`${query}${sign}_summary=count`, { access: A })).total).toBe(total);
    expect((await world.bundle(`${query}${sign}_total=accurate&_count=1`, { access: A })).total).toBe(total);
  });

  it('finds nothing for a patient who is not there, or no more', async () => {
    await world.put({ resourceType: 'Patient', id: 'gone' }, { resourceType: 'Observation', id: 'gone-o', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/gone' } });
    expect(await world.ids('Observation', patientAccess('gone'))).toEqual(['gone-o']);
    await world.remove('Patient', 'gone');
    expect(await world.ids('Observation', patientAccess('gone'))).toEqual([]);
    expect(await world.ids('Observation', patientAccess('never'))).toEqual([]);
    await world.remove('Observation', 'gone-o');
  });

  it('is refused without a rule for the type', async () => {
    const only = patientAccess('A', [{ type: 'Condition' }]);
    await expect(world.bundle('Observation', { access: only })).rejects.toMatchObject({ kind: 'forbidden' });
    await expect(world.bundle('Condition', { access: patientAccess('A', [{}], ['r']) })).rejects.toMatchObject({ kind: 'forbidden' });
    expect(await world.ids('Condition', only)).toEqual(['A-cond']);
  });
});

describe('includes (F3, F4)', () => {
  it.each([
    ['Observation?_include=*&_include:iterate=*', 'A A-enc A-lab A-vital org shared ward'],
    ['Observation?_include=*', 'A A-enc A-lab A-vital shared'],
    ['Encounter?_include=Encounter:patient&_include=Encounter:location&_revinclude=Observation:encounter', 'A A-enc A-vital ward'],
    ['Practitioner?_revinclude=*', 'A A-team A-vital shared'],
    ['Practitioner?_revinclude=Observation:performer&_revinclude=Patient:general-practitioner', 'A A-vital shared'],
    ['Practitioner?_revinclude=Appointment:actor', 'shared'],
    ['Organization?_revinclude=*&_revinclude:iterate=Observation:patient', 'A A-lab A-vital org'],
    ['Location?_revinclude=Encounter:location&_revinclude:iterate=Condition:encounter', 'A-cond A-enc ward'],
    ['Patient?_revinclude=Group:member&_revinclude=Appointment:patient', 'A'],
  ])('%s gives “%s”', async (query, ids) => {
    expect((await asA(query)).sort()).toEqual(ids.split(' '));
  });

  it('bring along no type that the token may not read', async () => {
    const narrow = patientAccess('A', [{ type: 'Observation' }]);
    expect((await asA('Observation?_include=*', narrow)).sort()).toEqual(['A-lab', 'A-vital']);
  });
});

describe('chains answer no question about others (F5)', () => {
  const guesses: [string, string][] = [
    [`Patient?general-practitioner._has:Patient:general-practitioner:family=${CANARY}family`, `Patient?general-practitioner._has:Patient:general-practitioner:family=wrong`],
    [`Observation?performer:Practitioner._has:Patient:general-practitioner:family=${CANARY}family`, 'Observation?performer:Practitioner._has:Patient:general-practitioner:family=wrong'],
    [`Observation?subject:Patient.family=${CANARY}family`, 'Observation?subject:Patient.family=wrong'],
    [`Practitioner?_has:Observation:performer:code=${CANARY}code`, 'Practitioner?_has:Observation:performer:code=wrong'],
    [`Practitioner?_has:Observation:performer:patient.family=${CANARY}`, 'Practitioner?_has:Observation:performer:patient.family=wrong'],
    [`Organization?_has:Patient:organization:identifier=urn:mrn|${CANARY}mrn`, 'Organization?_has:Patient:organization:identifier=wrong'],
    ['Location?_has:Encounter:location:patient=B', 'Location?_has:Encounter:location:patient=nobody'],
    ['Practitioner?_has:Appointment:actor:patient=B', 'Practitioner?_has:Appointment:actor:patient=nobody'],
    [`Observation?has-member.code=${CANARY}sensitive`, 'Observation?has-member.code=wrong'],
  ];

  it.each(guesses)('%s answers like a wrong guess', async (right, wrong) => {
    const [one, other] = [await world.bundle(right, { access: A }), await world.bundle(wrong, { access: A })];
    expect([one.total, one.entry]).toEqual([other.total, other.entry]);
    expect(idsOf(one)).toEqual([]);
  });

  it.each([['Observation?subject:Patient.family=amark', 'A-lab A-vital'], ['Practitioner?_has:Observation:performer:code=amarkcode', 'shared'], ['Organization?_has:Patient:organization:family=amark', 'org']])('%s still finds A’s own “%s”', async (query, ids) => {
    expect((await asA(query)).sort()).toEqual(ids.split(' '));
  });

  it.each(guesses.slice(0, 8).map(([right]) => [right]))('%s finds something for staff, so the guess was a right one', async (right) => {
    expect(idsOf(await world.bundle(right))).not.toEqual([]);
  });
});

describe('granular scopes (E4)', () => {
  const vitals = patientAccess('A', [{ type: 'Observation', filter: [['category', 'urn:cat|vital-signs']] }, { type: 'Condition' }, { type: 'Encounter' }, { type: 'Patient' }]);

  it.each([
    ['Observation', 'A-vital'], ['Observation?category=laboratory', ''], ['Observation?category=vital-signs', 'A-vital'], ['Observation?_id=A-lab', ''], ['Observation?code=amarklab', ''], ['Observation?_sort=-date&_total=accurate', 'A-vital'],
    ['Patient?_revinclude=Observation:patient', 'A A-vital'], ['Patient?_has:Observation:patient:code=amarklab', ''], ['Patient?_has:Observation:patient:code=amarkcode', 'A'], ['Observation?has-member:Observation.code=amarkcode', ''],
    ['Encounter?_revinclude=*', 'A-cond A-enc A-vital'],
  ])('%s gives “%s”', async (query, ids) => {
    expect((await asA(query, vitals)).sort()).toEqual(ids.split(' ').filter(Boolean));
  });

  it('are a union', async () => {
    const both = patientAccess('A', [{ type: 'Observation', filter: [['category', 'urn:cat|vital-signs']] }, { type: 'Observation', filter: [['code', 'amarklab']] }]);
    expect((await asA('Observation', both)).sort()).toEqual(['A-lab', 'A-vital']);
    expect((await world.bundle('Observation?_summary=count', { access: both })).total).toBe(2);
  });

  it.each([[[['nonsense', 'x']]], [[['category:in', 'x']]], [[['_sort', 'date']]], [[['date', 'never']]]])('a restriction that means nothing (%j) allows nothing', async (filter) => {
    expect(await world.ids('Observation', patientAccess('A', [{ type: 'Observation', filter: filter as [string, string][] }]))).toEqual([]);
  });

  it('hold when a single resource is read', async () => {
    await world.run(async () => {
      expect(await world.reader.read(vitals, 'Observation', 'A-vital')).toMatchObject({ id: 'A-vital' });
      for (const [type, id] of [['Observation', 'A-lab'], ['Observation', 'A-secret'], ['Observation', 'B-vital'], ['Observation', 'never'], ['Patient', 'B']] as const) {
        await expect(world.reader.read(vitals, type, id)).rejects.toMatchObject({ kind: 'not-found' });
      }
      await expect(world.reader.read(vitals, 'CareTeam', 'A-team')).rejects.toMatchObject({ kind: 'forbidden' });
    });
  });
});

describe('sensitive resources', () => {
  it('are seen by those who may, and by nobody else on any path', async () => {
    const plain: Access = { ...staff, seesSensitive: false };
    expect(await world.ids('Observation?patient=A&category=vital-signs')).toEqual(['A-vital', 'A-secret']);
    expect(await world.ids('Observation?patient=A&category=vital-signs', plain)).toEqual(['A-vital']);
    expect(await world.ids(`Patient?_has:Observation:patient:code=${CANARY}sensitive`, plain)).toEqual([]);
    expect(idsOf(await world.bundle('Patient?_id=A&_revinclude=Observation:patient', { access: plain }), 'include').sort()).toEqual(['A-lab', 'A-vital']);
    expect((await world.bundle('Observation?_summary=count', { access: plain })).total).toBe(4);
  });
});

describe('staff', () => {
  it('see every patient, and what belongs to several', async () => {
    expect((await world.ids('Patient')).sort()).toEqual(['A', 'B']);
    expect(await world.ids('Appointment?patient=A')).toEqual(['both']);
    expect(await world.ids('Group?member=Patient/B')).toEqual(['g']);
    expect(await world.ids(`Observation?subject:Patient.family=${CANARY}&category=laboratory`)).toEqual(['B-lab']);
  });
});

describe('accessCondition', () => {
  it('is refused without a rule, and needs no text of its own', async () => {
    await world.run(async () => {
      const sql = await world.db.sql();
      const condition = await accessCondition(sql, A, 'Observation', 'r', 'x');
      const rows = await sql.query<{ fhir_id: string }>(`SELECT x.fhir_id FROM fhir_resource x WHERE x.type = ? AND ${condition.sql} ORDER BY x.fhir_id`, ['Observation', ...condition.params]);
      expect(rows.map((row) => row.fhir_id)).toEqual(['A-lab', 'A-vital']);
      await expect(accessCondition(sql, { ...A, rules: [] }, 'Observation', 'r', 'x')).rejects.toMatchObject({ kind: 'forbidden' });
      await expect(accessCondition(sql, patientAccess('A', [{ verbs: new Set(['r']) }]), 'Observation', 's', 'x')).rejects.toMatchObject({ kind: 'forbidden' });
    });
  });

  it('lets no page link of A reach further than A', async () => {
    const next = linkOf(await world.bundle('Observation?_count=1', { access: A }), 'next')!;
    expect(idsOf(await world.bundle(next, { access: A }))).toEqual(['A-lab']);
    await expect(world.bundle(next, { access: patientAccess('B') })).rejects.toMatchObject({ status: 400 });
    await expect(world.bundle(next, { access: { ...A, rules: [{ type: '*', verbs: ALL_VERBS }], scopes: new Set(['user/*.rs']) } })).rejects.toMatchObject({ status: 400 });
  });
});
