import { accessSync, constants, existsSync, mkdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { type Config, loadConfig } from '../config';
import { schemaDrift, Sites, type Sql } from '../database';
import { inHouse } from './house';
import { Incomplete } from './outcome';
import { print, table } from './output';

interface Finding {
  check: string;
  verdict: 'ok' | 'warn' | 'fail';
  /** What was found, and for other than ok what to do. */
  advice: string;
}

/** Looks at everything a server needs, and says what to do about what is missing. */
export async function runDoctor({ json }: { json?: boolean }): Promise<void> {
  const config = loadConfig();
  const findings = [settings(config), folder(config), space(config), certificate(config), clock(), await queue(config), ...(await databases(config))];
  print(json, findings, () => table(findings.map(({ check, verdict, advice }) => [verdict, check, advice])));
  if (findings.some(({ verdict }) => verdict === 'fail')) throw new Incomplete('Something has to be mended.');
}

const found = (check: string, verdict: Finding['verdict'], advice: string): Finding => ({ check, verdict, advice });

function settings(config: Config): Finding {
  if (config.OAUTH_PASSWORD_GRANT !== 'off') return found('settings', 'warn', `OAUTH_PASSWORD_GRANT=${config.OAUTH_PASSWORD_GRANT}: apps see passwords; switch it off outside of a demo.`);
  if (config.CLIENT_APPROVAL === 'auto') return found('settings', 'warn', 'CLIENT_APPROVAL=auto: every registered app works at once.');
  return found('settings', 'ok', `serves ${config.BASE_URL}, sites ${config.SITES.join(', ')}`);
}

function folder({ DATA_DIR }: Config): Finding {
  try {
    mkdirSync(DATA_DIR, { recursive: true });
    accessSync(DATA_DIR, constants.W_OK);
    return found('data folder', 'ok', DATA_DIR);
  } catch {
    return found('data folder', 'fail', `${DATA_DIR} cannot be written; change its owner or DATA_DIR.`);
  }
}

const GIB = 1024 ** 3;

function space({ DATA_DIR }: Config): Finding {
  const { bavail, bsize } = statfsSync(DATA_DIR);
  const free = (bavail * bsize) / GIB;
  const text = `${free.toFixed(1)} GiB free`;
  if (free < 0.5) return found('disk', 'fail', `${text}: make room, or writes and exports will fail.`);
  return found('disk', free < 5 ? 'warn' : 'ok', text);
}

const DAY = 86_400_000;

function certificate(config: Config): Finding {
  if (config.TLS === 'off') return found('certificate', 'warn', 'TLS=off: only behind a proxy that terminates TLS.');
  const path = config.TLS === 'files' ? config.TLS_CERT! : join(config.DATA_DIR, 'tls', 'cert.pem');
  if (!existsSync(path)) return config.TLS === 'files' ? found('certificate', 'fail', 'TLS_CERT names no file.') : found('certificate', 'ok', 'self-signed, made on first start');
  const days = Math.floor((Date.parse(new X509Certificate(readFileSync(path)).validTo) - Date.now()) / DAY);
  if (days < 0) return found('certificate', 'fail', 'expired; renew it (self-signed: delete DATA_DIR/tls).');
  return found('certificate', days < 21 ? 'warn' : 'ok', `${config.TLS}, ${days} days left`);
}

async function queue({ REDIS_URL }: Config): Promise<Finding> {
  if (!REDIS_URL) return found('queue', 'ok', 'jobs run in the server process');
  const redis = new Redis(REDIS_URL, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  redis.on('error', () => {});
  try {
    await redis.connect();
    const [, policy] = (await redis.config('GET', 'maxmemory-policy')) as string[];
    if (policy !== undefined && policy !== 'noeviction') return found('queue', 'warn', `Redis evicts (${policy}): set maxmemory-policy noeviction, or nudges get lost until the sweeper comes.`);
    return found('queue', 'ok', 'Redis answers');
  } catch {
    return found('queue', 'fail', 'Redis does not answer; see REDIS_URL. Reads and writes go on, exports wait.');
  } finally {
    redis.disconnect();
  }
}

async function databases(config: Config): Promise<Finding[]> {
  try {
    return await inHouse({ verb: 'doctor' }, async ({ app }) => {
      const all: Finding[] = [];
      for (const site of config.SITES) all.push(await database(app.get(Sites), site));
      return all;
    });
  } catch {
    return [found('databases', 'fail', 'cannot be opened; see DATABASE_URL.')];
  }
}

async function database(sites: Sites, site: string): Promise<Finding> {
  const check = `database of ${site}`;
  try {
    const { dataSource, sql } = await sites.database(site);
    const [row] = await sql.query<{ version: string }>(sql.dialect === 'sqlite' ? 'SELECT sqlite_version() AS version' : 'SELECT VERSION() AS version');
    const drift = await schemaDrift(dataSource);
    if (drift.length > 0) return found(check, 'fail', `the schema differs in ${drift.length} places; run salus migrate --check.`);
    const off = await clockDifference(sql);
    if (off > MOST_SECONDS_OFF) return found(check, 'warn', `its clock and ours differ by ${off.toFixed(0)} s: run a time service on both machines.`);
    return found(check, 'ok', `${dataSource.options.type} ${row!.version}, up to date`);
  } catch {
    return found(check, 'fail', 'does not answer; see DATABASE_URL.');
  }
}

/** Tokens, cursors and exports compare times of several machines. */
const MOST_SECONDS_OFF = 5;

/** An embedded database has no clock but ours. */
async function clockDifference(sql: Sql): Promise<number> {
  if (sql.dialect === 'sqlite') return 0;
  const [row] = await sql.query<{ now: number }>('SELECT UNIX_TIMESTAMP() AS now');
  return Math.abs(Date.now() / 1000 - Number(row!.now));
}

/** Every version carries this machine's time; a clock that lost its battery would date them all wrong. */
function clock(): Finding {
  const built = statSync(__filename).mtimeMs;
  return Date.now() < built - DAY ? found('clock', 'fail', 'lies before this program was built; set the time.') : found('clock', 'ok', new Date().toISOString());
}
