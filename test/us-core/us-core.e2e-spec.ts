import { demoCompletePatients } from '#libs/demo';
import { DemoClinic } from './clinic';
import { GuidanceChecks } from './guidance.checks';
import { InstanceChecks } from './instance.checks';
import { UsCorePackage, VERSIONS } from './package';
import { Profile } from './profile';
import { requirementsOf, type TypeRequirements } from './requirements';
import { SearchChecks } from './search.checks';
import { ServerChecks } from './server.checks';
import { itWhere } from '../harness/where';

const PATIENTS = 25;

const defined = new Map(VERSIONS.filter((version) => UsCorePackage.isThere(version)).map((version) => [version, UsCorePackage.open(version)]));
const asked = new Map([...defined].map(([version, found]) => [version, requirementsOf(found)]));

let clinic: DemoClinic;
beforeAll(async () => {
  const types = [...asked.values()].flat().map(({ type }) => type);
  clinic = await DemoClinic.open(PATIENTS, [...new Set(types)]);
}, 180_000);
afterAll(() => clinic.stop());

describe.each(VERSIONS)('US Core %s', (version) => {
  const found = defined.get(version);
  if (!found) {
    itWhere(false, `the package of US Core ${version} is not beside the project`)('has a package to be checked against', () => {});
    return;
  }
  for (const needs of asked.get(version)!) {
    for (const url of needs.profiles) {
      if (found.structures.has(url)) describeProfile(found, needs, url);
      else process.stderr.write(`SKIPPED: US Core ${version} names ${url}, which is another guide's.\n`);
    }
  }
  describe('beside its profiles', () => {
    const guidance = () => new GuidanceChecks(clinic, version, demoCompletePatients(version === '7.0.0' ? '6.1.0' : version));

    it('finds the common notes and reports', () => expect(guidance().notes()).toEqual([]));
    it('finds what reports present among the documents, and fetches it', async () => expect(await guidance().sharedAttachments()).toEqual([]));
    it('is told who keeps each document', () => expect(guidance().custodians()).toEqual([]));
    it('finds every kind of assessment', () => expect(guidance().assessments()).toEqual([]));
    it('meets missing data marked both ways', () => expect(guidance().missingData()).toEqual([]));
    it('learns whether an interpreter is needed', () => expect(guidance().interpreters()).toEqual([]));
    it('learns the sex in the type of this version', () => expect(guidance().sex()).toEqual([]));
    const server = () => new ServerChecks(clinic, asked.get(version)!, demoCompletePatients(version === '7.0.0' ? '6.1.0' : version));

    it('is told which profiles there are', async () => expect(await server().capabilities()).toEqual([]));
    it('gets the whole chart, type by type', async () => expect(await server().wholeCharts()).toEqual([]));
    it('finds roles by their practitioners', async () => expect(await server().chains()).toEqual([]));
    it('is refused what makes no sense, or is not theirs', async () => expect(await server().refusals()).toEqual([]));
    it('finds further types', async () => expect(await server().moreTypes()).toEqual([]));
    it('finds where practitioners are', async () => expect(await guidance().practitioners()).toEqual([]));
  });
});

function describeProfile(found: UsCorePackage, needs: TypeRequirements, url: string): void {
  const profile = new Profile(found, url);
  describe(profile.name, () => {
    const instances = (): InstanceChecks => new InstanceChecks(clinic, found, profile);

    it('is read, also by version and with its history', async () => expect(await instances().reads()).toEqual([]));

    it('shows each must-support element on two patients', () => expect(instances().unseen()).toEqual([]));

    it('finds nothing that is not valid by it', () => expect(instances().invalid()).toEqual([]));

    it('refers to what can be read, and is of the profile named', async () => expect(await instances().dangling()).toEqual([]));

    if (needs.searches.length > 0) it.each(needs.searches.map((search) => [search.parameters.join(' + '), search.strength, search] as const))('is searched by %s (%s)', async (_name, _strength, search) => {
      expect(await new SearchChecks(clinic, found, profile, needs, search).run()).toEqual([]);
    });
  });
}
