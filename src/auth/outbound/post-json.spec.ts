import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Posting, postJson } from './post-json';
import { type OutboundRules, PUBLIC_ONLY } from './public-url';

describe('postJson', () => {
  let server: Server;
  let port: number;
  const asked: string[] = [];
  const vouched: OutboundRules = { isAllowedAddress: () => true, allowsHttp: true };

  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push(`${request.method} ${request.url}`);
      if (request.url === '/hanging') return;
      if (request.url === '/moved') return void response.writeHead(302, { location: '/good' }).end();
      if (request.url === '/endless') {
        const more = setInterval(() => response.write('x'.repeat(10_000)), 1);
        return void response.writeHead(200).on('close', () => clearInterval(more));
      }
      response.writeHead(204).end();
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((closed) => {
    server.closeAllConnections();
    server.close(closed);
  }));

  const post = (path: string, rules = vouched, more: Partial<Posting> = {}) => postJson({ url: `http://localhost:${port}${path}`, body: Buffer.from('{}'), headers: {}, timeoutMs: 500, rules, ...more });

  it('returns the status, follows nothing, and reads nothing of the answer', async () => {
    expect(await post('/good')).toBe(204);
    expect(await post('/moved')).toBe(302);
    expect(await post('/endless')).toBe(200);
    expect(asked).toEqual(['POST /good', 'POST /moved', 'POST /endless']);
  });

  it('gives up on what does not answer', async () => {
    await expect(post('/hanging')).rejects.toThrow('no answer within 0.5 seconds');
    await expect(post('/good', vouched, { url: 'http://127.0.0.1:1/' })).rejects.toThrow('could not be reached');
  });

  it('does not connect where a sound name leads to an address that is not public', async () => {
    const before = asked.length;
    await expect(post('/good', { ...PUBLIC_ONLY, allowsHttp: true, ports: undefined })).rejects.toThrow('not public');
    await expect(post('/good', PUBLIC_ONLY)).rejects.toThrow('must use https');
    await expect(post('/good', PUBLIC_ONLY, { url: 'https://127.0.0.1/' })).rejects.toThrow('public address');
    expect(asked).toHaveLength(before);
  });
});
