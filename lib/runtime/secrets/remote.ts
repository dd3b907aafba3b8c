/** Values from AWS: through the Parameters and Secrets extension if there is one, or otherwise directly. */
import { fetchFromExtension } from './extension';
import { SecretOptions } from './secret-options';
import { SecretValue, Wanted } from './secret-value';
import { SecretKind, SecretsConfig } from '../../contract/secrets';
import { SECRETS_VARIABLE } from '../../contract/variables';
import { CodedError } from '../failures/coded-error';
import { log } from '../log';

interface Remembered {
  readonly value: SecretValue;
  readonly at: number;
}

/** Concurrent calls for one value share one request. */
const underway = new Map<string, Promise<SecretValue>>();
/** Values that were not read through the extension: what it caches is older, or it does not exist. */
const refreshed = new Map<string, Remembered>();
/** The last valid values, for when stale values are allowed. */
const last = new Map<string, Remembered>();

export async function readRemotely(kind: SecretKind, name: string, { versionStage, refresh = false }: SecretOptions): Promise<SecretValue> {
  const config = readConfig();
  const wanted = { kind, name, id: identify(config, kind, name), versionStage };
  const key = `${kind} ${name} ${versionStage}`;
  const direct = refresh || config.port === undefined;
  const newer = refreshed.get(key);
  if (!refresh && newer && Date.now() - newer.at < config.ttl) return newer.value;

  const flight = `${key} ${direct}`;
  let request = underway.get(flight);
  if (!request) {
    request = fetchValue(wanted, config, direct).finally(() => underway.delete(flight));
    underway.set(flight, request);
  }
  try {
    const value = await request;
    const remembered = { value, at: Date.now() };
    if (direct && config.ttl > 0) refreshed.set(key, remembered);
    if (config.staleOnError > 0) last.set(key, remembered);
    return value;
  } catch (failure) {
    const stale = last.get(key);
    if (!stale || Date.now() - stale.at > config.staleOnError) throw failure;
    log('WARN', 'SECRET_STALE', 'a value may be out of date, because no newer one is available', { secret: name, cause: failure });
    return stale.value;
  }
}

async function fetchValue(wanted: Wanted, config: SecretsConfig, direct: boolean): Promise<SecretValue> {
  if (!direct) return fetchFromExtension(wanted, config);
  const { fetchFromAws } = await import('./direct.js');
  return fetchFromAws(wanted, config);
}

function readConfig(): SecretsConfig {
  const json = process.env[SECRETS_VARIABLE];
  if (json === undefined) throw new CodedError('SECRET_UNKNOWN', 'the construct declares no secrets and parameters: name them in its props');
  return JSON.parse(json) as SecretsConfig;
}

function identify(config: SecretsConfig, kind: SecretKind, name: string): string {
  if (Object.hasOwn(config[kind], name)) return config[kind][name];
  throw new CodedError('SECRET_UNKNOWN', `the construct declares no ${name} in ${kind}, but ${Object.keys(config[kind]).join(', ') || 'nothing'}`);
}
