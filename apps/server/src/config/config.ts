import type { Secret } from '../kernel/secret.ts';

export const processRoles = ['web', 'worker'] as const;
/** `web` answers requests, `worker` carries out jobs; one process may do both. */
export type ProcessRole = (typeof processRoles)[number];

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Sign-in through an OpenID provider; null where none is configured. */
export interface OidcConfig {
  issuer: URL;
  clientId: string;
  clientSecret: Secret;
  /** Shown on the button, e.g. "Company account". */
  name: string;
}

/** Everything that can be set from outside, typed and defaulted. Made once at start, handed on in parts. */
export interface Config {
  version: string;
  roles: readonly ProcessRole[];
  /** Absolute. */
  dataDirectory: string;
  host: string;
  /** 0 stands for a free port. */
  port: number;
  imagesPort: number;
  bucketPort: number;
  /** Public origin of the web app and the API, no trailing slash. Null: made of host and the port in use. */
  publicUrl: string | null;
  /** Public origin of images, no trailing slash. Null: made of host and the port in use. */
  imagesUrl: string | null;
  /** `images.example.com`: `<source>.images.example.com` then serves that source. */
  imagesHost: string | null;
  /** host[:port] or CIDR; the endpoints below private addresses that connections may use. */
  allowEndpoints: readonly string[];
  /** PostgreSQL URL; null stands for the embedded server. */
  databaseUrl: Secret | null;
  bucket: 'embedded' | 'off';
  demo: boolean;
  owner: { email: string; password: Secret } | null;
  oidc: OidcConfig | null;
  /** `kid:base64key,...`; null: the file `keyring` in the data folder. */
  keyring: Secret | null;
  /** Null: `warn` on a terminal, else `info`. */
  logLevel: LogLevel | null;
  /** Proxies whose X-Forwarded-* headers count: false, true, a number of hops or addresses. */
  trustProxy: boolean | number | readonly string[];
  /** Bearer token of /metrics; null: /metrics answers loopback only. */
  metricsToken: Secret | null;
  /** Written when everything answers, with the addresses in use. */
  readyFile: string | null;
}
