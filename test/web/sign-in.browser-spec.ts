import type { Browser, Page } from 'playwright-core';
import { type Client, Clinic, PASSWORD, proof } from '../oauth/authorize.fixture';
import { AppSite, namelessFields, openChromium, openPage, picture, scrollsSideways, weakTexts } from './sign-in.browser';

const SCOPES = 'openid fhirUser offline_access launch/patient patient/Patient.rs patient/AllergyIntolerance.rs patient/Condition.rs patient/MedicationRequest.rs patient/Observation.rs';

let clinic: Clinic;
let browser: Browser;
let site: AppSite;
let app: Client;
beforeAll(async () => {
  [clinic, browser, site] = await Promise.all([Clinic.open(), openChromium(), AppSite.open()]);
  app = await clinic.register({ application_type: 'native', client_name: 'Pocket Chart', redirect_uris: [site.callback], scope: `${SCOPES} patient/*.rs`, token_endpoint_auth_method: 'none' });
});
afterAll(async () => {
  await browser?.close();
  await site?.close();
  await clinic?.stop();
});

const request = (changes: Record<string, string> = {}) => ({ response_type: 'code', client_id: app.id, redirect_uri: site.callback, scope: SCOPES, state: 'xyz', aud: clinic.fhir, code_challenge_method: 'S256', ...changes });
const start = (page: Page, changes: Record<string, string>) => page.goto(`${clinic.app.url}/oauth2/default/authorize?${new URLSearchParams(request(changes))}`);

async function signInStaff(page: Page): Promise<void> {
  await page.getByLabel('Clinic staff').check();
  await page.getByLabel('User name').fill('doctor');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.getByRole('button', { name: 'Sign in' }).click();
}

async function answered(page: Page): Promise<URLSearchParams> {
  await page.waitForURL(`${site.callback}**`);
  return new URL(page.url()).searchParams;
}

const token = (form: Record<string, string>) => clinic.app.request('POST', '/oauth2/default/token', { form: { client_id: app.id, ...form } });

describe('a standalone launch in a browser', () => {
  it('signs in, picks a patient, leaves out observations, and holds the app to that, also after a refresh', async () => {
    const { verifier, challenge } = proof();
    const { page, faults } = await openPage(browser);
    await start(page, { code_challenge: challenge });
    await picture(page, 'sign-in');
    await signInStaff(page);
    await picture(page, 'patients');
    await page.getByLabel('Last name').fill('ruiz');
    await page.getByRole('button', { name: 'Search' }).click();
    expect(await page.getByRole('listitem').count()).toBe(1);
    await page.getByRole('button', { name: 'Ana Ruiz' }).click();
    await page.getByRole('heading', { name: 'Pocket Chart asks for access' }).waitFor();
    await page.locator('input[value="patient/Observation.rs"]').uncheck();
    await picture(page, 'consent');
    await page.getByRole('button', { name: 'Authorize' }).click();
    const code = (await answered(page)).get('code')!;
    expect(faults).toEqual([]);

    const first = await token({ grant_type: 'authorization_code', code, redirect_uri: site.callback, code_verifier: verifier });
    expect(first).toMatchObject({ status: 200, json: { patient: clinic.patients.get('Ana'), scope: SCOPES.replace(' patient/Observation.rs', '') } });
    const second = await token({ grant_type: 'refresh_token', refresh_token: first.json.refresh_token });
    expect(second.status).toBe(200);
    for (const { json } of [first, second]) {
      // The first access token was revoked when its refresh token was used.
      const read = (path: string) => clinic.app.request('GET', `/apis/default/fhir/${path}`, { token: json.access_token });
      const live = json === second.json;
      expect((await read(`Patient/${clinic.patients.get('Ana')}`)).status).toBe(live ? 200 : 401);
      expect((await read('Observation')).status).toBe(live ? 403 : 401);
      expect((await read('Condition')).status).toBe(live ? 200 : 401);
    }
  });

  it('needs one sign-in for two launches, also when the app posts its request from a foreign page', async () => {
    const { page, faults } = await openPage(browser);
    await start(page, { code_challenge: proof().challenge });
    await signInStaff(page);
    await page.getByRole('heading', { name: 'Choose a patient' }).waitFor();
    await page.goto(site.postingPage(`${clinic.app.url}/oauth2/default/authorize`, request({ code_challenge: proof().challenge })));
    await page.getByRole('button', { name: 'Launch' }).click();
    await page.getByRole('button', { name: 'Ben O’Hara' }).click();
    await page.getByRole('button', { name: 'Authorize' }).click();
    expect((await answered(page)).get('code')).toBeTruthy();
    expect(faults).toEqual([]);
  });

  it('does not let a foreign page approve with the session of whoever visits it', async () => {
    const { page } = await openPage(browser);
    await start(page, { code_challenge: proof().challenge });
    await signInStaff(page);
    await page.getByRole('button', { name: 'Ana Ruiz' }).click();
    const hidden = await page.locator('form input[type=hidden]').all();
    const fields = Object.fromEntries(await Promise.all(hidden.map(async (input) => [await input.getAttribute('name'), await input.getAttribute('value')])));
    await page.goto(site.postingPage(`${clinic.app.url}/oauth2/default/scope-authorize-confirm`, { ...fields, proceed: '1', scope: 'patient/Patient.rs' }));
    await page.getByRole('button', { name: 'Launch' }).click();
    await page.getByRole('heading', { name: 'Not allowed' }).waitFor();
    await picture(page, 'refused');
  });
});

describe('a patient on a phone, in the dark, by keyboard', () => {
  it('signs in with e-mail, sees only their own record, and denies', async () => {
    const { page, faults } = await openPage(browser, { viewport: { width: 375, height: 740 }, colorScheme: 'dark' });
    await start(page, { code_challenge: proof().challenge });
    await page.getByLabel('Patient', { exact: true }).check();
    await page.getByLabel('User name').fill('ben');
    await page.keyboard.press('Tab');
    await page.keyboard.type('wrong');
    await page.keyboard.press('Tab');
    await page.keyboard.type('ben@example.org');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await picture(page, 'sign-in-failed-dark');
    await page.getByLabel('Password').fill(PASSWORD);
    await page.keyboard.press('Enter');
    await page.getByText('The record of').waitFor();
    expect(await page.locator('main').textContent()).toContain('Ben O’Hara');
    await picture(page, 'consent-dark');
    await page.getByRole('button', { name: 'Deny' }).press('Enter');
    expect((await answered(page)).get('error')).toBe('access_denied');
    expect(faults).toEqual([]);
  });
});

describe('every page', () => {
  it.each(['light', 'dark'] as const)('in the %s can be read, said aloud, and fits 320 pixels', async (colorScheme) => {
    const { page, faults } = await openPage(browser, { colorScheme, viewport: { width: 320, height: 640 } });
    const look = async () => {
      expect(await weakTexts(page)).toEqual([]);
      expect(await namelessFields(page)).toEqual([]);
      expect(await scrollsSideways(page)).toBe(false);
      expect(await page.getByRole('heading', { level: 1 }).count()).toBe(1);
    };
    await start(page, { code_challenge: proof().challenge, scope: 'openid launch/patient patient/*.rs' });
    await look();
    await signInStaff(page);
    await look();
    await page.getByRole('button', { name: 'Cleo Stone' }).click();
    await page.getByRole('button', { name: 'Authorize' }).waitFor();
    await look();
    await picture(page, `consent-wildcard-${colorScheme}`);
    expect(faults).toEqual([]);
  });

  it('refuses to be framed', async () => {
    const { page, faults } = await openPage(browser);
    await page.goto(`${site.callback}?${new URLSearchParams({ form: `<!doctype html><link rel="icon" href="data:,"><iframe src="${clinic.app.url}/oauth2/default/login"></iframe>` })}`);
    await page.waitForTimeout(300);
    expect(await page.frameLocator('iframe').getByRole('button', { name: 'Sign in' }).count()).toBe(0);
    expect(faults.join()).toMatch(/frame-ancestors|X-Frame-Options/);
  });
});
