import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Secret } from '../kernel/secret.ts';
import { processRoles, type GivenSettings, type LogLevel, type ProcessRole } from './settings.ts';

export type { LogLevel, ProcessRole } from './settings.ts';

/** Sign-in through an OpenID provider; null where none is configured. */
export interface OidcConfig {
  issuer: URL;
  clientId: string;
  clientSecret: Secret;
  /** Shown on the button, e.g. "Company account". */
  name: string;
}

/** How pictures are kept and made. */
export interface ImagesConfig {
  /** Absolute. */
  cacheDirectory: string;
  /** On disk, originals and made pictures together, of one process. */
  cacheBytes: number;
  /** In memory. */
  memoryBytes: number;
  /** Child processes that render; null: the cores. */
  children: number | null;
  /** Pictures that are asked for often are made anew, into fewer bytes, while nobody waits. */
  upgrade: boolean;
}

/** Everything that can be set from outside, typed and defaulted. Made once at start, handed on in parts. */
export interface Config {
  version: string;
  roles: readonly ProcessRole[];
  /** Absolute. */
  dataDirectory: string;
  host: string;
  /** 0 stands for a free port. The default is 7400, or a free one for a process that is only a worker. */
  port: number;
  imagesPort: number;
  bucketPort: number;
  /** Public origin of the web app and the API, no trailing slash. Null: made of host and the port in use. */
  publicUrl: string | null;
  /** Public origin of images, no trailing slash. Null: made of host and the port in use. */
  imagesUrl: string | null;
  /** `images.example.com`: `<source>.images.example.com` then serves that source. */
  imagesHost: string | null;
  images: ImagesConfig;
  /** host[:port] or CIDR; the endpoints below private addresses that connections may use. */
  allowEndpoints: readonly string[];
  /** PostgreSQL URL; null stands for the embedded server. */
  databaseUrl: Secret | null;
  bucket: 'embedded' | 'off';
  /** Keys of the embedded bucket's user `windlass`; null: made at first run. */
  bucketKeys: { accessKeyId: string; secretAccessKey: Secret } | null;
  /** The key that assumes roles of customers; null: they give one of their own with each role. */
  platformKey: {
    accessKeyId: string;
    secretAccessKey: Secret;
    sessionToken: Secret | null;
    /** ARN for trust policies; null: STS says whose key it is. */
    principal: string | null;
  } | null;
  demo: boolean;
  owner: { email: string; password: Secret } | null;
  oidc: OidcConfig | null;
  /** How mails leave; null: none are sent. */
  mail: { url: Secret; from: string } | null;
  /** Judges responses of hCaptcha, or of a service that speaks its protocol. */
  hcaptchaVerifyUrl: string;
  /** `kid:base64key,...`; null: the file `keyring` in the data folder. */
  keyring: Secret | null;
  /** Null: `warn` on a terminal, else `info`. */
  logLevel: LogLevel | null;
  /** Proxies whose X-Forwarded-* headers count: none, all, or these addresses. */
  trustProxy: boolean | readonly string[];
  /** Bearer token of /metrics; null: /metrics answers loopback only. */
  metricsToken: Secret | null;
  /** API calls of one caller in a minute; 0: no limit. */
  requestsPerMinute: number;
  /** Written when everything answers, with the addresses in use. */
  readyFile: string | null;
}

/** Bad settings. The message is one line that names the variable. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const ownerOf = ({ ownerEmail, ownerPassword }: GivenSettings): Config['owner'] => {
  if (ownerEmail === undefined && ownerPassword === undefined) return null;
  if (ownerEmail === undefined) throw new ConfigError('WINDLASS_OWNER_PASSWORD needs WINDLASS_OWNER_EMAIL');
  if (ownerPassword === undefined)
    throw new ConfigError('WINDLASS_OWNER_EMAIL needs WINDLASS_OWNER_PASSWORD');
  return { email: ownerEmail, password: new Secret(ownerPassword) };
};

const bucketKeysOf = ({ bucketAccessKeyId, bucketSecretAccessKey }: GivenSettings): Config['bucketKeys'] => {
  if (bucketAccessKeyId === undefined && bucketSecretAccessKey === undefined) return null;
  if (bucketAccessKeyId === undefined || bucketSecretAccessKey === undefined) {
    throw new ConfigError(
      'WINDLASS_BUCKET_ACCESS_KEY_ID and WINDLASS_BUCKET_SECRET_ACCESS_KEY need each other',
    );
  }
  return { accessKeyId: bucketAccessKeyId, secretAccessKey: new Secret(bucketSecretAccessKey) };
};

const platformKeyOf = ({
  awsAccessKeyId,
  awsSecretAccessKey,
  awsSessionToken,
  awsPrincipal,
}: GivenSettings): Config['platformKey'] => {
  if (awsAccessKeyId === undefined || awsSecretAccessKey === undefined) {
    if (awsAccessKeyId !== undefined || awsSecretAccessKey !== undefined) {
      throw new ConfigError('WINDLASS_AWS_ACCESS_KEY_ID and WINDLASS_AWS_SECRET_ACCESS_KEY need each other');
    }
    if (awsSessionToken !== undefined || awsPrincipal !== undefined) {
      throw new ConfigError(
        'WINDLASS_AWS_SESSION_TOKEN and WINDLASS_AWS_PRINCIPAL need WINDLASS_AWS_ACCESS_KEY_ID',
      );
    }
    return null;
  }
  return {
    accessKeyId: awsAccessKeyId,
    secretAccessKey: new Secret(awsSecretAccessKey),
    sessionToken: secretOrNull(awsSessionToken),
    principal: awsPrincipal ?? null,
  };
};

const oidcOf = ({
  oidcIssuer,
  oidcClientId,
  oidcClientSecret,
  oidcName,
}: GivenSettings): OidcConfig | null => {
  if (oidcIssuer === undefined) return null;
  if (oidcClientId === undefined) throw new ConfigError('WINDLASS_OIDC_ISSUER needs WINDLASS_OIDC_CLIENT_ID');
  if (oidcClientSecret === undefined) {
    throw new ConfigError('WINDLASS_OIDC_ISSUER needs WINDLASS_OIDC_CLIENT_SECRET');
  }
  return {
    issuer: new URL(oidcIssuer),
    clientId: oidcClientId,
    clientSecret: new Secret(oidcClientSecret),
    name: oidcName ?? 'OpenID',
  };
};

const mailOf = ({ smtpUrl, mailFrom }: GivenSettings): Config['mail'] => {
  if (smtpUrl === undefined && mailFrom === undefined) return null;
  if (smtpUrl === undefined || mailFrom === undefined) {
    throw new ConfigError('WINDLASS_SMTP_URL and WINDLASS_MAIL_FROM need each other');
  }
  return { url: new Secret(smtpUrl), from: mailFrom };
};

const secretOrNull = (text: string | undefined): Secret | null =>
  text === undefined ? null : new Secret(text);

const MiB = 1024 * 1024;

/** Where everything else is kept elsewhere, a process needs no data folder, and may not be able to make one. */
const defaultImagesCache = (given: GivenSettings, dataDirectory: string): string => {
  const elsewhere =
    given.dataDirectory === undefined &&
    given.databaseUrl !== undefined &&
    given.keyring !== undefined &&
    given.bucket !== 'embedded';
  return elsewhere ? join(tmpdir(), 'windlass-images-cache') : join(dataDirectory, 'images-cache');
};

const imagesOf = (given: GivenSettings, dataDirectory: string): ImagesConfig => ({
  cacheDirectory:
    given.imagesCache === undefined ? defaultImagesCache(given, dataDirectory) : resolve(given.imagesCache),
  cacheBytes: given.imagesCacheBytes ?? 5 * 1024 * MiB,
  memoryBytes: given.imagesMemoryBytes ?? 32 * MiB,
  children: given.imagesChildren ?? null,
  upgrade: given.imagesUpgrade ?? false,
});

/** Fills in the defaults. Throws ConfigError where settings contradict each other. */
export const createConfig = (given: GivenSettings, version: string): Config => {
  const roles = [...new Set(given.roles ?? processRoles)];
  const bucket = given.bucket ?? (given.databaseUrl === undefined ? 'embedded' : 'off');
  if (given.demo === true && bucket === 'off') {
    throw new ConfigError('WINDLASS_DEMO needs the embedded bucket: WINDLASS_BUCKET is off');
  }
  const dataDirectory = resolve(given.dataDirectory ?? '.windlass');
  return {
    version,
    roles,
    dataDirectory,
    host: given.host ?? '127.0.0.1',
    port: given.port ?? (roles.includes('web') ? 7400 : 0),
    imagesPort: given.imagesPort ?? 7401,
    bucketPort: given.bucketPort ?? 7402,
    publicUrl: given.publicUrl ?? null,
    imagesUrl: given.imagesUrl ?? null,
    imagesHost: given.imagesHost ?? null,
    images: imagesOf(given, dataDirectory),
    allowEndpoints: given.allowEndpoints ?? [],
    databaseUrl: secretOrNull(given.databaseUrl),
    bucket,
    bucketKeys: bucketKeysOf(given),
    platformKey: platformKeyOf(given),
    demo: given.demo ?? bucket === 'embedded',
    owner: ownerOf(given),
    oidc: oidcOf(given),
    mail: mailOf(given),
    hcaptchaVerifyUrl: given.hcaptchaVerifyUrl ?? 'https://api.hcaptcha.com/siteverify',
    keyring: secretOrNull(given.keyring),
    logLevel: given.logLevel ?? null,
    trustProxy: given.trustProxy ?? false,
    metricsToken: secretOrNull(given.metricsToken),
    requestsPerMinute: given.requestsPerMinute ?? 1200,
    readyFile: given.readyFile === undefined ? null : resolve(given.readyFile),
  };
};
