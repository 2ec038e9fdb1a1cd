import { demoClinic, demoPortalLogin, demoStaff } from '#libs/demo';
import { Accounts, ClientStore } from '../../auth';
import { Importer, type ImportReport } from '../../fhir/import';
import { PractitionerRepository } from '../../practice/practitioner';
import { EXPLORER_CLIENT } from '../../web';
import type { House } from '../house';
import { Progress } from '../progress';
import { explorerClient } from './explorer-client';

export interface Demo {
  report: ImportReport;
  staff: { username: string; password: string; role: string }[];
  portal: { username: string; password: string; email: string };
}

/** Loads the clinic and makes the logins of the public documentation. What exists is left as it is. */
export async function fillDemo(house: House, site: string, patients: number): Promise<Demo> {
  const progress = new Progress();
  const report = await house.app.get(Importer).importBundles(site, demoClinic({ patients }), 'demo clinic', (soFar) => {
    progress.tell({ share: soFar.files / (patients + 2), count: soFar.created + soFar.updated + soFar.unchanged, unit: 'resources' });
  });
  progress.end();
  for (const login of demoStaff) await addLogin(house, login);
  await addPortalLogin(house);
  if (!(await house.app.get(ClientStore).find(EXPLORER_CLIENT))) await house.app.get(ClientStore).add(explorerClient(house.config.BASE_URL));
  return {
    report,
    staff: demoStaff.map(({ username, password, role }) => ({ username, password, role })),
    portal: { username: demoPortalLogin.username, password: demoPortalLogin.password, email: demoPortalLogin.email },
  };
}

async function addLogin({ app }: House, { username, password, given, family, role, practitionerId }: (typeof demoStaff)[number]): Promise<void> {
  const accounts = app.get(Accounts);
  await app.get(PractitionerRepository).store.update(practitionerId, { username });
  if (await accounts.byUsername('users', username)) return;
  await accounts.create({ kind: 'users', username, password, displayName: `${given} ${family}`, given, family, group: role, fhirUser: `Practitioner/${practitionerId}` });
}

async function addPortalLogin({ app }: House): Promise<void> {
  const { username, password, email, patientId } = demoPortalLogin;
  const accounts = app.get(Accounts);
  if (await accounts.byUsername('patient', username)) return;
  await accounts.create({ kind: 'patient', username, password, displayName: 'Phil Belford', email, patient: patientId, fhirUser: `Patient/${patientId}` });
}
