import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const siteKey = /^[a-z0-9][a-z0-9-]{0,30}$/;

/** Every setting, with its default and what it is for. `.env.example` is generated from this table. */
export const settings = {
  PORT: { schema: port.default(9300), about: 'Port of the HTTPS server.' },
  HOST: { schema: z.string().default('0.0.0.0'), about: 'Address to listen on.' },
  BASE_URL: { schema: z.url().default('https://localhost:9300'), about: 'Public address, without a trailing slash; the prefix of every published URL.' },
  TLS: { schema: z.enum(['self-signed', 'files', 'off']).default('self-signed'), about: 'self-signed: certificate made on first start. files: TLS_CERT and TLS_KEY. off: only behind a proxy that terminates TLS.' },
  TLS_CERT: { schema: z.string().optional(), about: 'Path of the PEM certificate (chain) when TLS=files.' },
  TLS_KEY: { schema: z.string().optional(), about: 'Path of the PEM private key when TLS=files.' },
  DATABASE_URL: { schema: z.string().regex(/^(sqlite:|mysql:\/\/)/).default('sqlite:'), about: 'sqlite: (files in DATA_DIR/sites) or mysql://user:password@host:port/prefix (one schema per site: prefix_site).' },
  REDIS_URL: { schema: z.string().regex(/^rediss?:\/\//).optional(), about: 'Queue server. Unset: jobs run in this process.' },
  DATA_DIR: { schema: z.string().default('./data'), about: 'Folder of databases, certificates, documents and export files.' },
  SITES: { schema: z.string().default('default').transform(splitList).pipe(z.array(z.string().regex(siteKey)).min(1)), about: 'Comma-separated site keys; each is a clinic with its own database.' },
  OAUTH_PASSWORD_GRANT: { schema: z.enum(['off', 'users', 'patient', 'both']).default('off'), about: 'Who may use the OAuth password grant.' },
  CLIENT_APPROVAL: { schema: z.enum(['manual', 'patient-auto', 'auto']).default('patient-auto'), about: 'Which newly registered clients work without an administrator’s approval.' },
  LOG_LEVEL: { schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info'), about: 'Least severe log line written.' },
  SALUS_BODY_LIMIT: { schema: z.coerce.number().int().min(1024).default(16 * 1024 * 1024), about: 'Largest request body in bytes.' },
  SALUS_SEARCH_BUDGET: { schema: z.coerce.number().int().min(10).default(1000), about: 'What a FHIR search may cost, in points, before it is refused as too costly; a filter is worth about 3, a chain about 50.' },
  SALUS_STATEMENT_TIMEOUT_MS: { schema: z.coerce.number().int().min(100).default(5000), about: 'Milliseconds after which a statement of a FHIR search is stopped.' },
  SALUS_TRUST_PROXY: { schema: z.string().optional(), about: 'Comma-separated addresses of proxies whose X-Forwarded-For is believed.' },
  SALUS_REFERENCES: { schema: z.enum(['accept', 'refuse']).default('accept'), about: 'Whether a FHIR write may refer to a resource that is not here (yet). Imports may in any case: they come in pieces.' },
  SALUS_DELETE_REFERENCED: { schema: z.enum(['refuse', 'allow']).default('refuse'), about: 'Whether a FHIR delete may leave references behind that lead to nothing. With refuse, _cascade=delete deletes the referrers too.' },
  SALUS_CONDITIONAL_DELETE: { schema: z.enum(['single', 'multiple']).default('single'), about: 'Whether DELETE Type?criteria may delete more than one resource.' },
  SALUS_SUBSCRIPTION_HOSTS: { schema: z.string().default('').transform(splitList), about: 'Comma-separated host[:port] that notifications may go to although they are private or speak plain http.' },
  SALUS_CORS_ORIGINS: { schema: z.string().default('*'), about: 'Comma-separated origins that browsers may call the APIs from; * for any (never with credentials).' },
} as const;

function splitList(text: string): string[] {
  return text.split(',').map((part) => part.trim()).filter(Boolean);
}

type Schemas = { [K in keyof typeof settings]: (typeof settings)[K]['schema'] };

const shape = Object.fromEntries(Object.entries(settings).map(([name, setting]) => [name, setting.schema])) as unknown as Schemas;

export const configSchema = z.object(shape);

export type Config = z.output<typeof configSchema>;
