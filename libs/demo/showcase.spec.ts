import type { FhirResource } from '#libs/fhir';
import { usCore } from './codes/systems';
import { demoClinic, type TransactionBundle } from './index';
import { mustSupport, notFor } from './must-support.fixture';

const [practice, portal, woman, child, earlierWoman, earlierChild, firstWoman, firstChild, ...others] = [...demoClinic()] as [
  TransactionBundle,
  TransactionBundle,
  TransactionBundle,
  TransactionBundle,
  TransactionBundle,
  TransactionBundle,
  TransactionBundle,
  TransactionBundle,
  ...TransactionBundle[],
];
const charts = [portal, woman, child, earlierWoman, earlierChild, firstWoman, firstChild, ...others.slice(0, -1)];

const claims = (resource: FhirResource, profile: string) => resource.meta?.profile?.some((claimed) => claimed.split('|')[0] === usCore(profile)) === true;
const ofProfile = (chart: TransactionBundle, profile: string) =>
  chart.entry.map((entry) => entry.resource).filter((resource) => claims(resource, profile));

/** Whether the element is there, a choice of types being found under any of its names. */
function holds(node: unknown, path: readonly string[]): boolean {
  if (Array.isArray(node)) return node.some((item) => holds(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return node !== undefined;
  if (node === null || typeof node !== 'object') return false;
  const chosen = Object.entries(node).filter(
    ([element]) => element === name || (element.startsWith(name) && /^[A-Z]/.test(element.slice(name.length))),
  );
  return chosen.some(([, element]) => holds(element, rest));
}

const cases = Object.entries(mustSupport);
const without = (left: readonly string[]) => cases.filter(([profile]) => !left.includes(profile));

describe('the showcase woman', () => {
  it.each(without(notFor.woman))('shows every element of %s that fits her', (profile, paths) => {
    expect(paths.split(' ').filter((path) => !holds(ofProfile(woman, profile), path.split('.')))).toEqual([]);
  });
});

describe('the showcase child', () => {
  it.each(without(notFor.child))('shows every element of %s that fits him', (profile, paths) => {
    expect(paths.split(' ').filter((path) => !holds(ofProfile(child, profile), path.split('.')))).toEqual([]);
  });
});

describe.each([
  ['woman', earlierWoman, notFor.woman],
  ['child', earlierChild, notFor.child],
])('the %s for programs of an earlier US Core', (_who, chart, left) => {
  it.each(without(left))('shows every element of %s that fits', (profile, paths) => {
    expect(paths.split(' ').filter((path) => !holds(ofProfile(chart, profile), path.split('.')))).toEqual([]);
  });

  it('tells the sex by a code, as it was until 8.0.0, and names the versions', () => {
    const patient = ofProfile(chart, 'us-core-patient')[0] as FhirResource;
    expect(patient.meta?.profile).toEqual([`${usCore('us-core-patient')}|6.1.0`, `${usCore('us-core-patient')}|7.0.0`]);
    expect(patient.extension).toContainEqual({ url: usCore('us-core-sex'), valueCode: expect.stringMatching(/^24815(2002|3007)$/) });
  });
});

describe('the clinic as a whole', () => {
  it.each(cases)('has at least two patients with %s', (profile) => {
    expect(charts.filter((chart) => ofProfile(chart, profile).length > 0).length).toBeGreaterThanOrEqual(2);
  });

  it.each(['us-core-organization', 'us-core-location', 'us-core-practitioner', 'us-core-practitionerrole', 'us-core-medication'])(
    'has at least two of %s in the practice',
    (profile) => {
      expect(ofProfile(practice, profile).length).toBeGreaterThanOrEqual(2);
    },
  );

  it('has the ten common kinds of clinical note and the three kinds of report', () => {
    const codes = (type: string, element: 'type' | 'category') =>
      new Set(
        charts
          .flatMap((chart) => chart.entry)
          .filter(({ resource }) => resource.resourceType === type)
          .flatMap(({ resource }) => JSON.stringify(resource[element]).match(/"code":"[^"]+"/g)),
      );
    for (const code of ['11488-4', '18842-5', '34117-2', '28570-0', '11506-3', '18748-4', '11502-2', '11526-1', '11504-8', '34111-5'])
      expect(codes('DocumentReference', 'type')).toContain(`"code":"${code}"`);
    for (const code of ['LP29684-5', 'LP29708-2', 'LP7839-6', 'LAB'])
      expect(codes('DiagnosticReport', 'category')).toContain(`"code":"${code}"`);
  });

  it('says of visits both what was diagnosed and which listed problem it belongs to', () => {
    for (const chart of [woman, child]) {
      const listed = new Set(
        ofProfile(chart, 'us-core-condition-problems-health-concerns').map((condition) => `Condition/${condition.id}`),
      );
      const reasons = ofProfile(chart, 'us-core-encounter').flatMap(
        (encounter) => (encounter.reasonReference ?? []) as { reference: string }[],
      );
      expect(reasons.some(({ reference }) => listed.has(reference))).toBe(true);
      expect(reasons.some(({ reference }) => !listed.has(reference))).toBe(true);
    }
  });

  it('marks missing data both ways: by extension and by code', () => {
    const all = JSON.stringify(charts);
    expect(all).toContain('"url":"http://hl7.org/fhir/StructureDefinition/data-absent-reason","valueCode":"unknown"');
    expect(all).toContain('"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"unknown"');
  });
});
