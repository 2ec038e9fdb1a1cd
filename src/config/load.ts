import { type Config, configSchema, settings } from './schema';

/** A setting is missing or wrong; the message names it and what it is for. */
export class ConfigError extends Error {}

/**
 * Reads the environment once, at start. Unknown `SALUS_*` names are refused, so that a misspelt setting
 * is found at once. Empty values count as unset.
 */
export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const unknown = Object.keys(env).filter((name) => name.startsWith('SALUS_') && !(name in settings));
  if (unknown.length > 0) throw new ConfigError(`Unknown setting ${unknown.join(', ')}; the known ones are in .env.example.`);
  const given = Object.fromEntries(Object.keys(settings).flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
  const parsed = configSchema.safeParse(given);
  if (!parsed.success) throw new ConfigError(parsed.error.issues.map(describe).join('\n'));
  return check(parsed.data);
}

function describe(issue: { path: PropertyKey[]; message: string }): string {
  const name = String(issue.path[0]);
  const about = settings[name as keyof typeof settings]?.about ?? '';
  return `${name}: ${issue.message}. ${about}`;
}

function check(config: Config): Config {
  if (config.TLS === 'files' && !(config.TLS_CERT && config.TLS_KEY)) throw new ConfigError('TLS=files needs TLS_CERT and TLS_KEY.');
  if (config.BASE_URL.endsWith('/')) throw new ConfigError('BASE_URL must not end with a slash.');
  return config;
}
