import { mkdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const openChromium = (): Promise<Browser> => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });

/** A page whose browser-side errors, script or policy, fail the test that looks at `faults`. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<{ page: Page; faults: string[] }> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const faults: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  return { page, faults };
}

/** Pictures for people to look at, in the folder that SCREENSHOTS names. */
export async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

/** The app's side: a page that answers anything, and one that posts a form to the authorization server. */
export class AppSite {
  private constructor(private readonly server: Server) {}

  static async open(): Promise<AppSite> {
    const server = createServer((request, response) => {
      const form = new URL(request.url ?? '/', 'http://app').searchParams.get('form');
      response.setHeader('content-type', 'text/html; charset=utf-8').end(form ?? '<!doctype html><html lang="en"><link rel="icon" href="data:,"><title>App</title><h1>Back in the app</h1></html>');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new AppSite(server);
  }

  get callback(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/cb`;
  }

  /** Another site in the browser's eyes: a name that is not the server's. */
  postingPage(action: string, fields: Record<string, string>): string {
    const inputs = Object.entries(fields).map(([name, value]) => `<input type="hidden" name="${name}" value="${value}">`);
    const form = `<!doctype html><link rel="icon" href="data:,"><form method="post" action="${action}">${inputs.join('')}<button>Launch</button></form>`;
    return `${this.callback.replace('127.0.0.1', 'localhost')}?${new URLSearchParams({ form })}`;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }
}

/** Runs in the page. As text, since this project's types know Node alone. */
const WEAK_TEXTS = `(() => {
  const channels = (color) => (color.match(/[\\d.]+/g) ?? []).map(Number);
  const linear = (value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  const ground = (element) => {
    const color = element ? channels(getComputedStyle(element).backgroundColor) : [255, 255, 255];
    return color.length === 4 && color[3] === 0 ? ground(element.parentElement) : color;
  };
  const texts = [...document.querySelectorAll('body *')].filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim() !== ''));
  return texts.flatMap((element) => {
    const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(ground(element))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    return ratio < 4.5 ? [ratio.toFixed(2) + ' ' + element.textContent.trim().slice(0, 40)] : [];
  });
})()`;

const NAMELESS_FIELDS = "[...document.querySelectorAll('input:not([type=hidden])')].filter((input) => input.labels.length === 0 && !input.ariaLabel).map((input) => input.outerHTML)";

/** Texts on the page whose contrast with what is behind them is below WCAG 2.2 AA (4.5 : 1). */
export const weakTexts = (page: Page): Promise<string[]> => page.evaluate<string[]>(WEAK_TEXTS);

/** Fields without a name that a screen reader could say. */
export const namelessFields = (page: Page): Promise<string[]> => page.evaluate<string[]>(NAMELESS_FIELDS);

export const scrollsSideways = (page: Page): Promise<boolean> => page.evaluate<boolean>('document.documentElement.scrollWidth > window.innerWidth');
