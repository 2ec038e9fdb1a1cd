import { Clinic, type Fields } from './clinic.fixture';

const NPI = 'http://hl7.org/fhir/sid/us-npi';
const ORGANIZATION_TYPE = 'http://terminology.hl7.org/CodeSystem/organization-type';

const FACILITY = {
  name: 'North Clinic', facility_npi: '1234567893', phone: '555-0100', fax: '555-0101', street: '1 North Road', city: 'Springfield', state: 'MA', postal_code: '01103', country_code: 'USA', website: 'https://north.example.org',
  email: 'desk@north.example.org', domain_identifier: '1234567',
};
const PERSON = {
  title: 'Dr.', fname: 'Grace', mname: 'Brewster', lname: 'Hopper', npi: '1234567893', email: 'grace@example.org', street: '1 Road', streetb: 'Floor 2', city: 'Arlington', state: 'VA', zip: '22201', phone: '555-1', fax: '555-2', phonew1: '555-3',
  phonecell: '555-4', specialty: 'Cardiology', username: 'ghopper',
};

describe('the practice over both APIs', () => {
  let clinic: Clinic;
  beforeAll(async () => {
    clinic = await Clinic.start();
  });
  afterAll(() => clinic.stop());

  const get = async (type: string, id: unknown): Promise<Fields> => (await clinic.fhir('GET', `/${type}/${id}`)).json;
  const put = (resource: Fields) => clinic.fhir('PUT', `/${resource.resourceType}/${resource.id}`, resource);
  const post = async (resource: Fields): Promise<Fields> => {
    const { status, json, text } = await clinic.fhir('POST', `/${resource.resourceType}`, resource);
    if (status !== 201) throw new Error(text);
    return json;
  };
  const record = async (kind: 'facility' | 'practitioner', uuid: unknown): Promise<Fields> => (await clinic.api('GET', `/${kind}/${uuid}`)).json.data;
  const locationOf = async (uuid: string): Promise<Fields> => (await clinic.fhir('GET', `/Location?organization=Organization/${uuid}`)).json.entry[0].resource;
  const withoutVersion = (resource: Fields): Fields => ({ ...resource, meta: { ...(resource.meta as Fields), versionId: '', lastUpdated: '' } });

  describe('a facility', () => {
    const telecom = [['phone', '555-0100'], ['fax', '555-0101'], ['email', 'desk@north.example.org'], ['url', 'https://north.example.org']].map(([system, value]) => ({ system, value, use: 'work' }));
    const address = { line: ['1 North Road'], city: 'Springfield', state: 'MA', postalCode: '01103', country: 'USA' };

    it('is at once an Organization and the Location it works at', async () => {
      const { uuid } = await clinic.facility(FACILITY);
      expect(await get('Organization', uuid)).toMatchObject({ id: uuid, active: true, name: 'North Clinic', telecom, address: [address], identifier: [{ system: NPI, value: '1234567893' }, { value: '1234567' }], type: [{ coding: [{ system: ORGANIZATION_TYPE, code: 'prov' }] }] });
      expect(await locationOf(uuid)).toMatchObject({ status: 'active', name: 'North Clinic', telecom, address, managingOrganization: { reference: `Organization/${uuid}` } });
    });

    it('an edit shows in both, one version each', async () => {
      const { uuid } = await clinic.facility(FACILITY);
      const location = await locationOf(uuid);
      await clinic.api('PUT', `/facility/${uuid}`, { name: 'Northern Clinic', city: 'Boston' });
      expect(await get('Organization', uuid)).toMatchObject({ name: 'Northern Clinic', address: [{ city: 'Boston', state: 'MA' }], meta: { versionId: '2' } });
      expect(await get('Location', location.id)).toMatchObject({ name: 'Northern Clinic', address: { city: 'Boston' }, meta: { versionId: '2' } });
      await clinic.api('PUT', `/facility/${uuid}`, { name: 'Northern Clinic' });
      expect((await get('Organization', uuid)).meta).toMatchObject({ versionId: '2' });
    });

    it('an Organization written over FHIR is at once a facility, and edits of it lose nothing', async () => {
      const made = await post({
        resourceType: 'Organization', name: 'West', alias: ['W'], extension: [{ url: 'urn:x', valueDecimal: 1.5 }], identifier: [{ system: 'urn:own', value: '9' }, { system: NPI, value: '1111111111' }], active: true,
        telecom: [{ system: 'phone', value: '555-9', rank: 1 }, { system: 'phone', value: '555-8' }], address: [{ use: 'work', line: ['1 West', 'Suite 2'], city: 'Westville', district: 'W' }, { use: 'billing', city: 'Payville' }], contact: [{ name: { family: 'Boss' } }],
      });
      expect(await record('facility', made.id)).toMatchObject({ uuid: made.id, name: 'West', facility_npi: '1111111111', phone: '555-9', street: '1 West', city: 'Westville', inactive: 0 });
      await clinic.api('PUT', `/facility/${made.id}`, { city: 'Eastville', phone: '555-7' });
      const found = await get('Organization', made.id);
      const [first, second] = made.telecom as Fields[];
      const [work, billing] = made.address as Fields[];
      expect(withoutVersion(found)).toEqual(withoutVersion({ ...made, telecom: [{ ...first, value: '555-7' }, second], address: [{ ...work, city: 'Eastville' }, billing] }));
    });

    it('an edit of the Organization over FHIR shows in the facility and its Location', async () => {
      const { uuid } = await clinic.facility({ ...FACILITY, federal_ein: '12-3456789' });
      const location = await locationOf(uuid);
      await put({ ...(await get('Organization', uuid)), name: 'Renamed', active: false });
      expect(await record('facility', uuid)).toMatchObject({ name: 'Renamed', inactive: 1, federal_ein: '12-3456789', phone: '555-0100' });
      expect(await get('Location', location.id)).toMatchObject({ name: 'Renamed', status: 'inactive' });
    });

    it('an edit of its Location over FHIR shows in the facility and the Organization', async () => {
      const { uuid } = await clinic.facility(FACILITY);
      const location = await locationOf(uuid);
      await put({ ...location, address: { ...(location.address as Fields), city: 'Moved' }, physicalType: { text: 'building' } });
      expect(await record('facility', uuid)).toMatchObject({ city: 'Moved', facility_npi: '1234567893' });
      expect(await get('Organization', uuid)).toMatchObject({ address: [{ city: 'Moved' }] });
      expect(await get('Location', location.id)).toMatchObject({ physicalType: { text: 'building' } });
    });

    it('a payer is no facility, nor is a Location of its own', async () => {
      const payer = await post({ resourceType: 'Organization', name: 'Payer', type: [{ coding: [{ system: ORGANIZATION_TYPE, code: 'pay' }] }] });
      const room = await post({ resourceType: 'Location', name: 'Room 3' });
      for (const { id } of [payer, room]) expect((await clinic.api('GET', `/facility/${id}`)).status).toBe(400);
    });

    it('keeps the Organization when its Location is deleted; without the Organization it is gone', async () => {
      const { uuid } = await clinic.facility(FACILITY);
      const location = await locationOf(uuid);
      await clinic.fhir('DELETE', `/Location/${location.id}`);
      expect((await record('facility', uuid)).name).toBe('North Clinic');
      expect((await clinic.fhir('GET', `/Location/${location.id}`)).status).toBe(410);
      await clinic.api('PUT', `/facility/${uuid}`, { city: 'Boston' });
      expect((await clinic.fhir('GET', `/Location/${location.id}`)).status).toBe(410);
      await clinic.fhir('DELETE', `/Organization/${uuid}`);
      expect((await clinic.api('GET', `/facility/${uuid}`)).status).toBe(400);
    });
  });

  describe('a practitioner', () => {
    it('is at once a FHIR Practitioner, column by column', async () => {
      const { uuid } = await clinic.practitioner(PERSON);
      expect(await get('Practitioner', uuid)).toMatchObject({
        id: uuid, active: true, identifier: [{ system: NPI, value: '1234567893' }], name: [{ use: 'official', prefix: ['Dr.'], given: ['Grace', 'Brewster'], family: 'Hopper' }],
        telecom: [
          { system: 'phone', use: 'home', value: '555-1' }, { system: 'phone', use: 'work', value: '555-3' }, { system: 'phone', use: 'mobile', value: '555-4' }, { system: 'fax', use: 'work', value: '555-2' },
          { system: 'email', use: 'home', value: 'grace@example.org' },
        ],
        address: [{ line: ['1 Road', 'Floor 2'], city: 'Arlington', state: 'VA', postalCode: '22201' }],
      });
      const found = await clinic.fhir('GET', '/Practitioner?identifier=1234567893&family=hopper');
      expect(found.json.entry.map((entry: { resource: Fields }) => entry.resource.id)).toContain(uuid);
    });

    it('an edit shows in one version, and no version where FHIR shows nothing of it', async () => {
      const { uuid } = await clinic.practitioner(PERSON);
      await clinic.api('PUT', `/practitioner/${uuid}`, { lname: 'Murray', phonecell: '' });
      const found = await get('Practitioner', uuid);
      expect(found).toMatchObject({ name: [{ family: 'Murray', given: ['Grace', 'Brewster'] }], meta: { versionId: '2' } });
      expect((found.telecom as Fields[]).map((one) => one.value)).toEqual(['555-1', '555-3', '555-2', 'grace@example.org']);
      await clinic.api('PUT', `/practitioner/${uuid}`, { specialty: 'Neurology', lname: 'Murray' });
      expect((await get('Practitioner', uuid)).meta).toMatchObject({ versionId: '2' });
    });

    it('written over FHIR with a number is in the standard API at once, and edits lose nothing', async () => {
      const made = await post({
        resourceType: 'Practitioner', identifier: [{ system: 'urn:staff', value: 'S-1' }, { use: 'official', system: NPI, value: '2222222222' }], name: [{ use: 'maiden', family: 'Sklodowska' }, { use: 'official', family: 'Curie', given: ['Marie'], extension: [{ url: 'urn:x', valueString: 'y' }] }],
        telecom: [{ system: 'email', use: 'work', value: 'marie@example.org' }, { system: 'pager', value: '7' }], address: [{ use: 'work', line: ['1 Lab'], city: 'Paris' }], gender: 'female', birthDate: '1867-11-07', qualification: [{ code: { text: 'PhD' } }],
      });
      expect(await record('practitioner', made.id)).toMatchObject({ uuid: made.id, fname: 'Marie', lname: 'Curie', npi: '2222222222', email: 'marie@example.org', city: 'Paris', active: 1 });
      await clinic.api('PUT', `/practitioner/${made.id}`, { lname: 'Curie-Joliot', npi: '3333333333', email: 'm@example.org' });
      const [staff, npi] = made.identifier as Fields[];
      const [maiden, official] = made.name as Fields[];
      const [email, pager] = made.telecom as Fields[];
      expect(withoutVersion(await get('Practitioner', made.id))).toEqual(
        withoutVersion({ ...made, identifier: [staff, { ...npi, value: '3333333333' }], name: [maiden, { ...official, family: 'Curie-Joliot' }], telecom: [{ ...email, value: 'm@example.org' }, pager] }),
      );
    });

    it('updated over FHIR shows at once, and keeps columns FHIR has no element for', async () => {
      const { uuid } = await clinic.practitioner(PERSON);
      await put({ ...(await get('Practitioner', uuid)), active: false, telecom: undefined, name: [{ family: 'New', given: ['Name'] }] });
      expect(await record('practitioner', uuid)).toMatchObject({ active: 0, lname: 'New', fname: 'Name', mname: null, title: null, phone: null, specialty: 'Cardiology', username: 'ghopper' });
    });

    it('takes values longer than a column', async () => {
      const made = await post({ resourceType: 'Practitioner', identifier: [{ system: NPI, value: '4'.repeat(30) }], name: [{ family: 'x'.repeat(300), given: ['y'.repeat(300)] }], address: [{ line: ['z'.repeat(100)], city: 'c'.repeat(100) }] });
      expect(await record('practitioner', made.id)).toMatchObject({ npi: '4'.repeat(15), lname: 'x'.repeat(255), city: 'c'.repeat(30) });
    });

    it('deleted over FHIR leaves the standard API', async () => {
      const { uuid } = await clinic.practitioner(PERSON);
      await clinic.fhir('DELETE', `/Practitioner/${uuid}`);
      expect((await clinic.api('GET', `/practitioner/${uuid}`)).status).toBe(400);
    });
  });

  it('a Person is one of the practice’s people, without a provider’s number', async () => {
    const made = await post({ resourceType: 'Person', name: [{ family: 'Clerk', given: ['Carl'] }], gender: 'male', link: [{ target: { display: 'x' } }] });
    expect((await clinic.sql<Fields>('SELECT fname, lname, npi, fhir_type FROM users WHERE uuid = ?', [String(made.id)]))[0]).toEqual({ fname: 'Carl', lname: 'Clerk', npi: null, fhir_type: 'Person' });
    expect((await clinic.api('GET', `/practitioner/${made.id}`)).status).toBe(400);
    await put({ ...made, name: [{ family: 'Clerk', given: ['Charles'] }] });
    expect(await get('Person', made.id)).toMatchObject({ gender: 'male', link: [{ target: { display: 'x' } }], name: [{ given: ['Charles'] }] });
  });
});
