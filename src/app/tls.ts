import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import type { Config } from '../config';

export interface TlsFiles { cert: string; key: string }

/** Certificate and key to serve with, or undefined behind a proxy. A self-signed pair is made once and kept in DATA_DIR/tls. */
export async function tlsFiles(config: Config): Promise<TlsFiles | undefined> {
  if (config.TLS === 'off') return undefined;
  if (config.TLS === 'files') return { cert: readFileSync(config.TLS_CERT!, 'utf8'), key: readFileSync(config.TLS_KEY!, 'utf8') };
  const folder = join(config.DATA_DIR, 'tls');
  const paths = { cert: join(folder, 'cert.pem'), key: join(folder, 'key.pem') };
  if (!existsSync(paths.key)) await makeSelfSigned(folder, paths, new URL(config.BASE_URL).hostname);
  return { cert: readFileSync(paths.cert, 'utf8'), key: readFileSync(paths.key, 'utf8') };
}

async function makeSelfSigned(folder: string, paths: { cert: string; key: string }, host: string): Promise<void> {
  const names = [...new Set([host, 'localhost'])].map((value) => ({ type: 2 as const, value }));
  const pems = await generate([{ name: 'commonName', value: host }], {
    keySize: 2048,
    algorithm: 'sha256',
    notAfterDate: new Date(Date.now() + 825 * 24 * 3600 * 1000),
    extensions: [{ name: 'subjectAltName', altNames: [...names, { type: 7, ip: '127.0.0.1' }] }],
  } as Parameters<typeof generate>[1]);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(paths.cert, pems.cert);
  writeFileSync(paths.key, pems.private, { mode: 0o600 });
}
