import { type FhirResource, validateResource } from '#libs/fhir';
import { demoClinic, demoPanelId, demoPortalLogin, demoStaff } from './index';
import type { TransactionBundle } from './index';

const clinic = [...demoClinic()];
const master = clinic[0] as TransactionBundle;
const charts = clinic.slice(1, -1);
const panels = clinic[clinic.length - 1] as TransactionBundle;
const resourcesOf = (bundle: TransactionBundle) => bundle.entry.map((entry) => entry.resource);

/** Every literal reference at any depth. */
function referencesIn(value: unknown, found: string[] = []): string[] {
  if (Array.isArray(value)) for (const item of value) referencesIn(item, found);
  else if (value && typeof value === 'object') {
    for (const [name, element] of Object.entries(value)) {
      if (name === 'reference' && typeof element === 'string') found.push(element);
      else referencesIn(element, found);
    }
  }
  return found;
}

describe('demoClinic', () => {
  it('yields the practice, a Bundle per patient and the panels', () => {
    expect(clinic).toHaveLength(1 + 25 + 1);
    for (const chart of charts) expect(resourcesOf(chart).filter((resource) => resource.resourceType === 'Patient')).toHaveLength(1);
  });

  it('tells the same clinic twice', () => {
    expect(JSON.stringify([...demoClinic()])).toBe(JSON.stringify(clinic));
  });

  it('tells another clinic with another seed, with the same staff and the same portal patient', () => {
    const other = [...demoClinic({ seed: 2, patients: 4 })];
    expect(JSON.stringify(other[0])).toBe(JSON.stringify(master));
    expect(resourcesOf(other[1] as TransactionBundle).find((resource) => resource.resourceType === 'Patient')?.id).toBe(
      demoPortalLogin.patientId,
    );
    const idOf = (bundles: TransactionBundle[]) =>
      resourcesOf(bundles[4] as TransactionBundle).find((resource) => resource.resourceType === 'Patient')?.id;
    expect(idOf(other)).not.toBe(idOf(clinic));
  });

  it('puts every resource to an id of its own', () => {
    const urls = clinic.flatMap((bundle) => bundle.entry.map((entry) => entry.request.url));
    expect(new Set(urls).size).toBe(urls.length);
    for (const { fullUrl, resource, request } of clinic.flatMap((bundle) => bundle.entry)) {
      expect(request).toEqual({ method: 'PUT', url: `${resource.resourceType}/${resource.id}` });
      expect(fullUrl).toBe(`urn:uuid:${resource.id}`);
      expect(resource.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    }
  });

  it('refers only to what the same Bundle or the practice holds', () => {
    const known = new Set(master.entry.map((entry) => entry.request.url));
    for (const bundle of [master, ...charts]) {
      const own = new Set(bundle.entry.map((entry) => entry.request.url));
      expect(referencesIn(bundle).filter((reference) => !own.has(reference) && !known.has(reference))).toEqual([]);
    }
  });

  it('holds only valid resources', () => {
    const faults = clinic
      .flatMap(resourcesOf)
      .flatMap((resource) =>
        validateResource(resource).map((issue) => `${resource.resourceType}: ${issue.expression} ${issue.diagnostics}`),
      );
    expect([...new Set(faults)]).toEqual([]);
  });

  it('lists on panels patients that exist, and each on a doctor’s', () => {
    const patients = new Set(
      charts.flatMap((chart) => chart.entry.map((entry) => entry.request.url)).filter((url) => url.startsWith('Patient/')),
    );
    const members = resourcesOf(panels).flatMap((group) =>
      (group.member as { entity: { reference: string } }[]).map((member) => member.entity.reference),
    );
    expect(new Set(members)).toEqual(patients);
    expect(resourcesOf(panels).map((group) => group.id)).toContain(demoPanelId('lee'));
  });

  it('yields the practice alone when no patients are asked for', () => {
    expect([...demoClinic({ patients: 0 })]).toHaveLength(1);
  });
});

describe('what charts tell', () => {
  const dated = [
    'effectiveDateTime',
    'authoredOn',
    'performedDateTime',
    'occurrenceDateTime',
    'recordedDate',
    'issued',
    'whenHandedOver',
    'date',
  ];

  it('lies between birth and death, or today', () => {
    for (const chart of charts) {
      const resources = resourcesOf(chart);
      const patient = resources.find((resource) => resource.resourceType === 'Patient') as FhirResource;
      const end = `${String(patient.deceasedDateTime ?? '2026-11-01').slice(0, 10)}T99`;
      const days = resources
        .filter((resource) => resource.resourceType !== 'Appointment')
        .flatMap((resource) => dated.map((name) => resource[name]).filter((date): date is string => typeof date === 'string'));
      for (const day of days) expect([day >= String(patient.birthDate), day <= end, day]).toEqual([true, true, day]);
    }
  });

  it('covers all ages, both sexes, the dead, and several languages', () => {
    const patients = charts.flatMap(resourcesOf).filter((resource) => resource.resourceType === 'Patient');
    const years = patients.map((patient) => Number(String(patient.birthDate).slice(0, 4)));
    expect(Math.min(...years)).toBeLessThan(1947);
    expect(Math.max(...years)).toBeGreaterThan(2021);
    expect(patients.filter((patient) => patient.gender === 'female').length).toBeGreaterThan(7);
    expect(patients.filter((patient) => patient.gender === 'male').length).toBeGreaterThan(5);
    expect(patients.filter((patient) => patient.deceasedDateTime).length).toBeGreaterThanOrEqual(2);
    expect(new Set(patients.map((patient) => JSON.stringify(patient.communication))).size).toBeGreaterThanOrEqual(3);
  });

  it('books appointments ahead for the living and none for the dead', () => {
    for (const chart of charts) {
      const resources = resourcesOf(chart);
      const dead = resources.some((resource) => resource.resourceType === 'Patient' && resource.deceasedDateTime);
      const ahead = resources.filter((resource) => resource.resourceType === 'Appointment' && String(resource.start) > '2026-11-01');
      expect(ahead.length > 0).toBe(!dead);
    }
  });
});

describe('demo logins', () => {
  it('belong to practitioners of the practice', () => {
    const ids = resourcesOf(master)
      .filter((resource) => resource.resourceType === 'Practitioner')
      .map((resource) => resource.id);
    for (const { practitionerId } of demoStaff) expect(ids).toContain(practitionerId);
    expect(demoStaff.map(({ username, password }) => `${username}/${password}`)).toEqual([
      'admin/pass',
      'physician/physician',
      'clinician/clinician',
      'receptionist/receptionist',
    ]);
  });

  it('name patient 1 for the portal', () => {
    const patient = resourcesOf(charts[0] as TransactionBundle).find((resource) => resource.resourceType === 'Patient') as FhirResource;
    expect(patient).toMatchObject({ id: demoPortalLogin.patientId, birthDate: '1972-02-09', gender: 'male' });
    expect(patient.name).toEqual([expect.objectContaining({ given: ['Phil'], family: 'Belford' })]);
    expect(JSON.stringify(patient.telecom)).toContain(demoPortalLogin.email);
  });
});
