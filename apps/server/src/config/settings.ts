import { z } from 'zod';

export const processRoles = ['web', 'worker'] as const;
/** `web` answers requests, `worker` carries out jobs; one process may do both. */
export type ProcessRole = (typeof processRoles)[number];

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One thing that can be set: by environment, and by a flag where a person at a terminal would want one. */
export interface Setting<Schema extends z.ZodType = z.ZodType> {
  env: string;
  flag?: string;
  /** Shown after the flag in --help; absent for what is text of any kind. */
  placeholder?: string;
  help: string;
  /** From the text as it was given. */
  schema: Schema;
}

const setting = <Schema extends z.ZodType>(definition: Setting<Schema>): Setting<Schema> => definition;

const text = z.string().trim().min(1, 'is empty');
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'is not a port number')
  .transform(Number)
  .refine((number) => number <= 65_535, 'is not a port number (0 to 65535)');
const yesOrNo = z.stringbool({ error: 'takes true or false' });

/** `http(s)://host[:port]`, given back without a trailing slash: paths below one are not supported. */
const origin = z
  .url({ protocol: /^https?$/, error: 'is not an http(s) URL' })
  .refine((url) => {
    const { pathname, search, hash, username } = new URL(url);
    return pathname === '/' && search === '' && hash === '' && username === '';
  }, 'takes scheme, host and port only, e.g. https://windlass.example.com')
  .transform((url) => new URL(url).origin);

const byteUnits = { B: 1, KiB: 2 ** 10, MiB: 2 ** 20, GiB: 2 ** 30, TiB: 2 ** 40 } as const;

/** `5GiB`, `500 MiB`, or a plain number of bytes. */
const byteSize = z.string().transform((value, context): number => {
  const [, number = '', unit = 'B'] =
    /^(\d{1,15}(?:\.\d{1,3})?) ?(B|KiB|MiB|GiB|TiB)?$/.exec(value.trim()) ?? [];
  if (number === '') {
    context.addIssue({ code: 'custom', message: 'is not a size, e.g. 5GiB, 500MiB or a number of bytes' });
    return z.NEVER;
  }
  // The expression takes exactly the units of the table.
  return Math.floor(Number(number) * byteUnits[unit as keyof typeof byteUnits]);
});

const hostName = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/, 'is not a host name, e.g. images.example.com');

const commaList = z.string().transform((list) =>
  list
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);

const databaseUrl = z
  .string()
  .refine((url) => /^postgres(ql)?:\/\//.test(url) && URL.canParse(url), 'is not a postgres:// URL');

const roles = commaList.pipe(
  z.array(z.enum(processRoles, { error: 'takes web, worker or web,worker' })).min(1, 'names no role'),
);

/** Addresses, never a number of hops: a count cannot tell a proxy from a caller who forges the header. */
const proxies = commaList.pipe(
  z
    .array(
      z.union(
        [z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.enum(['loopback', 'linklocal', 'uniquelocal'])],
        {
          error: 'takes true, false, or addresses and CIDR ranges with commas',
        },
      ),
    )
    .min(1, 'names no proxy'),
);

const trustProxy = z.string().transform((value, context): boolean | string[] => {
  const flag = z.stringbool({ truthy: ['true'], falsy: ['false'] }).safeParse(value);
  if (flag.success) return flag.data;
  const addresses = proxies.safeParse(value);
  if (addresses.success) return addresses.data;
  context.addIssue({ code: 'custom', message: addresses.error.issues[0]?.message ?? 'is not valid' });
  return z.NEVER;
});

/** Every setting. --help, the environment and the flags are all read from this table. */
export const settings = {
  dataDirectory: setting({
    env: 'WINDLASS_DATA',
    flag: 'data',
    placeholder: 'DIR',
    help: 'where data is kept (default ./.windlass)',
    schema: text,
  }),
  roles: setting({
    env: 'WINDLASS_ROLE',
    flag: 'role',
    placeholder: 'web,worker',
    help: 'what this process does (default both)',
    schema: roles,
  }),
  host: setting({
    env: 'WINDLASS_HOST',
    flag: 'host',
    placeholder: 'ADDRESS',
    help: 'address to listen on (default 127.0.0.1)',
    schema: text,
  }),
  port: setting({
    env: 'WINDLASS_PORT',
    flag: 'port',
    placeholder: 'N',
    help: 'web app and API (default 7400; 0 takes a free one)',
    schema: port,
  }),
  imagesPort: setting({
    env: 'WINDLASS_IMAGES_PORT',
    flag: 'images-port',
    placeholder: 'N',
    help: 'images (default 7401)',
    schema: port,
  }),
  bucketPort: setting({
    env: 'WINDLASS_BUCKET_PORT',
    flag: 'bucket-port',
    placeholder: 'N',
    help: 'embedded bucket (default 7402)',
    schema: port,
  }),
  publicUrl: setting({
    env: 'WINDLASS_URL',
    flag: 'url',
    placeholder: 'URL',
    help: 'public address of the web app (default http://localhost:7400)',
    schema: origin,
  }),
  imagesUrl: setting({
    env: 'WINDLASS_IMAGES_URL',
    flag: 'images-url',
    placeholder: 'URL',
    help: 'public address of images (default http://localhost:7401)',
    schema: origin,
  }),
  imagesHost: setting({
    env: 'WINDLASS_IMAGES_HOST',
    help: 'images.example.com: a source answers at <source>.images.example.com too',
    schema: hostName,
  }),
  imagesCache: setting({
    env: 'WINDLASS_IMAGES_CACHE',
    help: 'folder of originals and made pictures (default: images-cache in the data folder, or in the temporary one without a data folder)',
    schema: text,
  }),
  imagesCacheBytes: setting({
    env: 'WINDLASS_IMAGES_CACHE_BYTES',
    help: 'what it may hold for this process (default 5GiB; half for originals)',
    schema: byteSize,
  }),
  imagesMemoryBytes: setting({
    env: 'WINDLASS_IMAGES_MEMORY_BYTES',
    help: 'made pictures in memory (default 32MiB)',
    schema: byteSize,
  }),
  imagesChildren: setting({
    env: 'WINDLASS_IMAGES_CHILDREN',
    help: 'pictures made at the same time (default: the cores)',
    schema: z
      .string()
      .regex(/^[1-9]\d{0,2}$/, 'is not a whole number from 1 to 999')
      .transform(Number),
  }),
  imagesUpgrade: setting({
    env: 'WINDLASS_IMAGES_UPGRADE',
    help: 'true: pictures asked for often are made anew, smaller, while idle (default false)',
    schema: yesOrNo,
  }),
  databaseUrl: setting({
    env: 'DATABASE_URL',
    help: 'PostgreSQL; without it an embedded one runs in the data folder',
    schema: databaseUrl,
  }),
  bucket: setting({
    env: 'WINDLASS_BUCKET',
    flag: 'bucket',
    placeholder: 'embedded|off',
    help: 'the embedded bucket (default: embedded when the database is)',
    schema: z.enum(['embedded', 'off'], { error: 'takes embedded or off' }),
  }),
  bucketAccessKeyId: setting({
    env: 'WINDLASS_BUCKET_ACCESS_KEY_ID',
    help: 'key of the user windlass of the embedded bucket (default: made at first run)',
    schema: z.string().regex(/^[A-Za-z0-9_.-]{3,128}$/, 'takes 3 to 128 letters, digits, dots, dashes'),
  }),
  bucketSecretAccessKey: setting({
    env: 'WINDLASS_BUCKET_SECRET_ACCESS_KEY',
    help: 'its secret',
    schema: z.string().regex(/^[\x21-\x7e]{8,256}$/, 'takes 8 to 256 visible characters'),
  }),
  demo: setting({
    env: 'WINDLASS_DEMO',
    help: 'make the demo team at first run (default: true with the embedded bucket)',
    schema: yesOrNo,
  }),
  awsAccessKeyId: setting({
    env: 'WINDLASS_AWS_ACCESS_KEY_ID',
    help: 'key of this server itself, to assume roles of customers with',
    schema: z.string().regex(/^[\x21-\x7e]{1,128}$/, 'takes up to 128 visible characters'),
  }),
  awsSecretAccessKey: setting({
    env: 'WINDLASS_AWS_SECRET_ACCESS_KEY',
    help: 'its secret',
    schema: z.string().regex(/^[\x21-\x7e]{1,256}$/, 'takes up to 256 visible characters'),
  }),
  awsSessionToken: setting({
    env: 'WINDLASS_AWS_SESSION_TOKEN',
    help: 'its session token, where the key is a temporary one',
    schema: z.string().regex(/^[\x21-\x7e]{1,4096}$/, 'takes up to 4096 visible characters'),
  }),
  awsPrincipal: setting({
    env: 'WINDLASS_AWS_PRINCIPAL',
    help: 'ARN that trust policies are to name for this server (default: whose key it is, as STS says)',
    schema: z
      .string()
      .trim()
      .max(512, 'is longer than 512 characters')
      .regex(/^arn:aws[a-z-]*:(iam|sts)::[\w-]*:[\w+=,.@/-]+$/, 'is not the ARN of an IAM user or role'),
  }),
  allowEndpoints: setting({
    env: 'WINDLASS_ALLOW_ENDPOINTS',
    help: 'private endpoints that connections may use: host[:port] or CIDR, with commas',
    schema: commaList,
  }),
  ownerEmail: setting({
    env: 'WINDLASS_OWNER_EMAIL',
    help: 'makes the owner account at first run',
    schema: z
      .string()
      .trim()
      .toLowerCase()
      .pipe(z.email({ error: 'is not an e-mail address' })),
  }),
  ownerPassword: setting({
    env: 'WINDLASS_OWNER_PASSWORD',
    help: 'its password, at least 10 characters',
    schema: z.string().min(10, 'needs at least 10 characters').max(200, 'is longer than 200 characters'),
  }),
  oidcIssuer: setting({
    env: 'WINDLASS_OIDC_ISSUER',
    help: 'sign-in with OpenID: address of the provider',
    schema: z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' }),
  }),
  oidcClientId: setting({
    env: 'WINDLASS_OIDC_CLIENT_ID',
    help: 'the client id there',
    schema: text,
  }),
  oidcClientSecret: setting({
    env: 'WINDLASS_OIDC_CLIENT_SECRET',
    help: 'the client secret there',
    schema: text,
  }),
  oidcName: setting({
    env: 'WINDLASS_OIDC_NAME',
    help: 'what the button says (default OpenID)',
    schema: text.max(60),
  }),
  keyring: setting({
    env: 'WINDLASS_KEYRING',
    help: 'kid:base64key,... the first seals; without it the file keyring in the data folder',
    schema: text,
  }),
  logLevel: setting({
    env: 'WINDLASS_LOG_LEVEL',
    flag: 'log-level',
    placeholder: 'LEVEL',
    help: 'trace, debug, info, warn, error or silent (default warn on a terminal, else info)',
    schema: z.enum(logLevels, { error: `takes one of ${logLevels.join(', ')}` }),
  }),
  trustProxy: setting({
    env: 'WINDLASS_TRUST_PROXY',
    help: 'proxies whose X-Forwarded-* count: true, or addresses with commas',
    schema: trustProxy,
  }),
  smtpUrl: setting({
    env: 'WINDLASS_SMTP_URL',
    help: 'mail server, smtps://user:password@host or smtp://… (default: no mail is sent)',
    schema: z
      .string()
      .refine(
        (url) => /^smtps?:\/\/[^/]/.test(url) && URL.canParse(url),
        'is not an smtp:// or smtps:// URL',
      ),
  }),
  mailFrom: setting({
    env: 'WINDLASS_MAIL_FROM',
    help: 'sender of mails: orders@example.com, or "Lab <orders@example.com>"',
    schema: z
      .string()
      .trim()
      .regex(/^(?:[^<>\r\n]{1,100} <)?[^\s<>@]+@[^\s<>@]+>?$/, 'is not an e-mail address'),
  }),
  hcaptchaVerifyUrl: setting({
    env: 'WINDLASS_HCAPTCHA_VERIFY_URL',
    help: 'what judges responses of hCaptcha (default https://api.hcaptcha.com/siteverify)',
    schema: z.url({ protocol: /^https?$/, error: 'is not an http(s) URL' }),
  }),
  metricsToken: setting({
    env: 'WINDLASS_METRICS_TOKEN',
    help: 'bearer token of /metrics; without it only this machine may read them',
    schema: z.string().trim().min(16, 'needs at least 16 characters'),
  }),
  requestsPerMinute: setting({
    env: 'WINDLASS_REQUESTS_PER_MINUTE',
    help: 'API calls of one caller in a minute (default 1200; 0: no limit)',
    schema: z
      .string()
      .regex(/^\d{1,9}$/, 'is not a whole number')
      .transform(Number),
  }),
  readyFile: setting({
    env: 'WINDLASS_READY_FILE',
    flag: 'ready-file',
    placeholder: 'FILE',
    help: 'written when everything answers: the addresses as JSON',
    schema: text,
  }),
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

/** What was given; absent where nothing was. */
export type GivenSettings = { [Name in SettingName]?: z.output<(typeof settings)[Name]['schema']> };
