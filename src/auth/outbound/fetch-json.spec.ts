import { createServer, type Server } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generate } from 'selfsigned';
import { fetchJson } from './fetch-json';
import { type OutboundRules, PUBLIC_ONLY } from './public-url';

describe('fetchJson', () => {
  let server: Server;
  let rules: OutboundRules;
  let base: string;
  let asked = 0;
  const routes: Record<string, RequestListener> = {
    '/good': (_request, response) => response.writeHead(200, { 'cache-control': 'public, max-age=60' }).end('{"keys":[]}'),
    '/quiet': (_request, response) => response.end('[]'),
    '/private': (_request, response) => response.writeHead(200, { 'cache-control': 'no-store' }).end('{}'),
    '/moved': (_request, response) => response.writeHead(302, { location: `${base}/good` }).end(),
    '/broken': (_request, response) => response.end('{'),
    '/zipped': (_request, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('{}'),
    '/huge': (_request, response) => void response.end(`"${'x'.repeat(70_000)}"`),
    '/endless': (_request, response) => {
      const more = setInterval(() => response.write('x'.repeat(10_000)), 1);
      response.on('close', () => clearInterval(more));
    },
    '/hanging': () => undefined,
  };

  beforeAll(async () => {
    const pems = await generate([{ name: 'commonName', value: 'localhost' }], { keySize: 2048, algorithm: 'sha256', extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }] }] } as never);
    server = createServer({ key: pems.private, cert: pems.cert }, (request, response) => {
      asked += 1;
      (routes[request.url!] ?? ((_, missing) => missing.writeHead(404).end()))(request, response);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    base = `https://localhost:${port}`;
    rules = { isAllowedAddress: () => true, ports: [String(port)], ca: pems.cert };
  });
  afterAll(() => new Promise((closed) => {
    server.closeAllConnections();
    server.close(closed);
  }));

  it('reads JSON and how long it may be kept', async () => {
    expect(await fetchJson(`${base}/good`, rules)).toEqual({ value: { keys: [] }, maxAge: 60 });
    expect(await fetchJson(`${base}/quiet`, rules)).toEqual({ value: [], maxAge: undefined });
    expect(await fetchJson(`${base}/private`, rules)).toEqual({ value: {}, maxAge: 0 });
  });

  it.each([
    ['/missing', 'answered 404'],
    ['/moved', 'answered 302'],
    ['/broken', 'JSON'],
    ['/zipped', 'compressed'],
    ['/huge', '64 kB'],
    ['/endless', '64 kB'],
    ['/hanging', 'no answer within 5 seconds'],
  ])('gives up on %s', async (path, message) => {
    await expect(fetchJson(base + path, rules)).rejects.toThrow(message);
  }, 10_000);

  it('does not connect when a sound name leads to an address that is not public', async () => {
    const before = asked;
    await expect(fetchJson(`${base}/good`, { ...rules, isAllowedAddress: PUBLIC_ONLY.isAllowedAddress })).rejects.toThrow('not public');
    expect(asked).toBe(before);
  });

  it('does not connect to an unfit address, nor trust a certificate nobody vouches for', async () => {
    const before = asked;
    await expect(fetchJson(`${base}/good`, PUBLIC_ONLY)).rejects.toThrow();
    await expect(fetchJson(base.replace('localhost', '127.0.0.1'), { ...rules, isAllowedAddress: PUBLIC_ONLY.isAllowedAddress })).rejects.toThrow('public address');
    await expect(fetchJson(`${base}/good`, { ...rules, ca: undefined })).rejects.toThrow('could not be reached');
    expect(asked).toBe(before);
  });
});
