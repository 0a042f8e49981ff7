import { buildImageUrl } from '@windlass/contract';
import { createSource, srcsetCandidates, type ImageParameters, type SrcsetParameters } from '@windlass/sdk';
import { apiFrom } from '../api/api-from.ts';
import { ApiFailure, callApi } from '../api/call-api.ts';
import type { CommandOutput } from '../command-output.ts';
import { UsageError } from '../usage-error.ts';
import { planOf } from './check-parameters.ts';
import { findSource } from './find-source.ts';
import { givenParameters } from './parameter-options.ts';

export interface UrlOptions {
  url: string;
  host?: string;
  http?: true;
  subdomains?: true;
  srcset?: true | string;
  expiresIn?: string;
  json?: true;
  /** One a parameter of the URL, as commander names it. */
  [parameter: string]: unknown;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Build = (parameters: Record<string, string>) => Promise<string>;

const seconds = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

const expiryOf = (text: string): string => {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined)
    throw new UsageError('--expires-in takes a time as 30m, 12h or 7d');
  // The expression lets only these letters through.
  return String(Math.floor(Date.now() / 1000) + Number(count) * seconds[unit as keyof typeof seconds]);
};

/** Flags and widths are texts and numbers; what a candidate leaves out is sent empty. */
const textsOf = (parameters: ImageParameters): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [
      name,
      typeof value === 'string' || typeof value === 'number' ? String(value) : '',
    ]),
  );

const widthsOf = (text: string): SrcsetParameters => {
  const range = /^(\d{1,5})-(\d{1,5})$/.exec(text);
  if (range !== null) return { width: { from: Number(range[1]), to: Number(range[2]) } };
  if (!/^\d{1,5}(,\d{1,5})*$/.test(text))
    throw new UsageError('--srcset takes widths as 320,640,1280 or as 320-1920');
  return { width: text.split(',').map(Number) };
};

/** Returns the exit code. */
export const runUrl = async (
  name: string,
  path: string,
  options: UrlOptions,
  environment: Environment,
  output: CommandOutput,
): Promise<number> => {
  const given = {
    ...givenParameters(options),
    ...(options.expiresIn === undefined ? {} : { expires: expiryOf(options.expiresIn) }),
  };
  planOf(given);
  try {
    const build =
      options.host === undefined
        ? await askServer(name, path, options.url, environment)
        : buildHere(name, path, options.host, options, environment);
    if (options.srcset === undefined) {
      const url = await build(given);
      output.write(options.json === undefined ? `${url}\n` : `${JSON.stringify({ url }, null, 2)}\n`);
      return 0;
    }
    const widths = options.srcset === true ? {} : widthsOf(options.srcset);
    const candidates = [];
    for (const { parameters, descriptor } of srcsetCandidates({ ...given, ...widths })) {
      const url = await build(textsOf(parameters));
      candidates.push({ url, descriptor });
    }
    output.write(
      options.json === undefined
        ? `${candidates.map(({ url, descriptor }) => `${url} ${descriptor}`).join(',\n')}\n`
        : `${JSON.stringify({ candidates }, null, 2)}\n`,
    );
    return 0;
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message);
    if (!(error instanceof ApiFailure)) throw error;
    output.warn(`error: ${error.message}\n`);
    return 1;
  }
};

/** Whole groups of four, padded or not: a word such as `undefined`, where a script has set nothing, is none. */
const isBase64 = (text: string): boolean => /^(?:[\w+/-]{4})*(?:[\w+/-]{2}(?:==)?|[\w+/-]{3}=?)?$/.test(text);

const keyOf = (environment: Environment, name: string): string => {
  const text = environment[name] ?? '';
  if (!isBase64(text)) throw new UsageError(`${name} is not base64`);
  return text;
};

const buildHere = (
  name: string,
  path: string,
  authority: string,
  { http, subdomains }: UrlOptions,
  environment: Environment,
): Build => {
  const [, host = '', port] = /^([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::(\d{1,5}))?$/i.exec(authority) ?? [];
  if (host === '') throw new UsageError('--host takes a host name, with :port where it has one');
  const secureKey = keyOf(environment, 'WINDLASS_SECURE_KEY');
  const secureSalt = keyOf(environment, 'WINDLASS_SECURE_SALT');
  if ((secureKey === '') !== (secureSalt === ''))
    throw new UsageError('set both WINDLASS_SECURE_KEY and WINDLASS_SECURE_SALT, or neither');
  const source = createSource({
    name,
    host,
    https: http === undefined,
    subdomains: subdomains === true,
    ...(port === undefined ? {} : { port: Number(port) }),
    ...(secureKey === '' ? {} : { keys: { secureKey, secureSalt } }),
  });
  return async (parameters) => source.url(path, parameters);
};

const askServer = async (
  name: string,
  path: string,
  url: string,
  environment: Environment,
): Promise<Build> => {
  const api = apiFrom(url, environment['WINDLASS_API_KEY'], 'team:read and sources:read, or give --host');
  const params = await findSource(api, name);
  return async (parameters) =>
    (await callApi(api, buildImageUrl, { params, body: { path, parameters } })).url;
};
