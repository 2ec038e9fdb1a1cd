import type { FhirResource } from '#libs/fhir';
import { BulkApp, FHIR, holdWrites, idsOf, jobOf, observation, patient } from './bulk.fixture';

const CANARY = 'canary-of-the-outsider';

const group = (id: string, member: object[]): FhirResource => ({ resourceType: 'Group', id, type: 'person', actual: true, member }) as FhirResource;
const of = (id: string, more: object = {}) => ({ entity: { reference: `Patient/${id}` }, ...more });

describe('exports of patients and Groups', () => {
  let bulk: BulkApp;
  let token: string;

  beforeAll(async () => {
    bulk = await BulkApp.start();
    token = await (await bulk.client('system/*.rs')).token();
    const patients = Array.from({ length: 120 }, (_, n) => patient(`p${n}`));
    await bulk.store([...patients, patient('outsider', CANARY)]);
    await bulk.store(patients.flatMap(({ id }) => [observation(`${id}-a`, id!), observation(`${id}-b`, id!)]));
    await bulk.store([observation('outside', 'outsider', 1, { note: [{ text: CANARY }] })]);
    await bulk.store([
      { resourceType: 'Practitioner', id: 'doctor', name: [{ family: 'House' }] } as FhirResource,
      { resourceType: 'ValueSet', id: 'set', status: 'active' } as FhirResource,
      // In two patients' records at once: exported with all patients, with none alone.
      { resourceType: 'Appointment', id: 'both', status: 'booked', participant: [{ actor: { reference: 'Patient/p0' }, status: 'accepted' }, { actor: { reference: 'Patient/outsider' }, status: 'accepted' }] } as unknown as FhirResource,
      { resourceType: 'Observation', id: 'of-nobody', status: 'final', code: { text: 'water quality' } } as FhirResource,
    ]);
  });
  afterAll(() => bulk.stop());

  it('exports at Patient level what belongs to any patient, and what records refer to', async () => {
    const { lines } = await bulk.export(token, 'Patient/$export');
    expect([...lines.keys()].sort()).toEqual(['Appointment', 'Observation', 'Patient', 'Practitioner']);
    expect(idsOf(lines.get('Patient')).size).toBe(121);
    expect(idsOf(lines.get('Observation')).has('of-nobody')).toBe(false);
    expect(idsOf(lines.get('Observation')).size).toBe(241);
  });

  it('exports of a Group its present members’ records and nobody else’s', async () => {
    await bulk.store([group('g1', [of('p1'), of('p2'), of('p3', { inactive: true }), of('p4', { period: { end: '2020-01-01' } }), of('p5', { period: { start: '2999' } }), of('p6', { period: { start: '2020', end: '2999-12' } }), of('p1')])]);
    const { lines, manifest } = await bulk.export(token, 'Group/g1/$export');
    expect(idsOf(lines.get('Patient'))).toEqual(new Set(['p1', 'p2', 'p6']));
    expect(idsOf(lines.get('Observation'))).toEqual(new Set(['p1-a', 'p1-b', 'p2-a', 'p2-b', 'p6-a', 'p6-b']));
    expect(idsOf(lines.get('Practitioner'))).toEqual(new Set(['doctor']));
    expect([...lines.keys()].sort()).toEqual(['Observation', 'Patient', 'Practitioner']);
    expect([...lines.values()].flat().join()).not.toContain(CANARY);
    expect(manifest.request).toBe(`${bulk.app.url}${FHIR}/Group/g1/$export`);
  });

  it('exports a Group larger than a page', async () => {
    await bulk.store([group('g2', Array.from({ length: 120 }, (_, n) => of(`p${n}`)))]);
    const { lines } = await bulk.export(token, 'Group/g2/$export');
    expect(idsOf(lines.get('Patient')).size).toBe(120);
    expect(idsOf(lines.get('Observation')).size).toBe(240);
  });

  it('exports nothing but shared types of a Group without members', async () => {
    await bulk.store([group('g0', [])]);
    expect([...(await bulk.export(token, 'Group/g0/$export')).lines.keys()]).toEqual(['Practitioner']);
  });

  it('keeps to the membership of its transaction time while members change', async () => {
    await bulk.store([group('g3', [of('p7'), of('p8')])]);
    const gate = holdWrites();
    const location = await bulk.begin(token, 'Group/g3/$export?_type=Patient,Observation');
    try {
      for (let tries = 0; tries < 100 && (await bulk.query('SELECT patient FROM bulk_patient WHERE job = ?', [jobOf(location)])).length < 2; tries++) await new Promise((resolve) => setTimeout(resolve, 50));
      await bulk.store([group('g3', [of('p9'), of('outsider')])]);
      await bulk.remove('Observation/p8-a');
    } finally {
      gate.open();
    }
    const { lines } = await bulk.finish(token, location);
    expect(idsOf(lines.get('Patient'))).toEqual(new Set(['p7', 'p8']));
    expect(idsOf(lines.get('Observation'))).toEqual(new Set(['p7-a', 'p7-b', 'p8-a', 'p8-b']));
    await bulk.app.request('DELETE', location, { token });
    expect(await bulk.query('SELECT patient FROM bulk_patient WHERE job = ?', [jobOf(location)])).toEqual([]);
  });

  it('lists with _since the members’ changes and deletions alone', async () => {
    await bulk.store([group('g4', [of('p10'), of('p11')])]);
    const { manifest } = await bulk.export(token, 'Group/g4/$export?_type=Patient');
    await bulk.store([observation('p10-a', 'p10', 5), observation('p12-a', 'p12', 5), observation('outside', 'outsider', 2, { note: [{ text: CANARY }] })]);
    await bulk.remove('Observation/p11-a', 'Observation/p12-b');
    const { lines } = await bulk.export(token, `Group/g4/$export?_since=${manifest.transactionTime}`);
    expect(idsOf(lines.get('Observation'))).toEqual(new Set(['p10-a']));
    expect(lines.get('Bundle')!.join()).toContain('Observation/p11-a');
    expect(lines.get('Bundle')!.join()).not.toContain('p12');
    expect([...lines.values()].flat().join()).not.toContain(CANARY);
  });

  it('answers 404 for a Group that was deleted or never was, and for one the token may not read', async () => {
    await bulk.store([group('g5', [])]);
    await bulk.remove('Group/g5');
    expect([404, 410]).toContain((await bulk.kickoff(token, 'Group/g5/$export')).status);
    expect((await bulk.kickoff(token, 'Group/never/$export')).status).toBe(404);
    const noGroups = await (await bulk.client('system/Patient.rs')).token();
    expect((await bulk.kickoff(noGroups, 'Group/g1/$export')).status).toBe(403);
  });
});
