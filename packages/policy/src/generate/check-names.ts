import { bucketNameFault } from '../match/bucket-name.ts';
import { PolicyInputError } from './policy-input-error.ts';

// Each pattern is one character class repeated, so that none of them can run long.
const lenientBucket = /^[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]$/;

/** Throws unless S3 takes the name for a bucket; `strict: false` takes older and other providers' names. */
export const checkBucket = (bucket: string, field = 'bucket', { strict = true } = {}): void => {
  if (!lenientBucket.test(bucket))
    throw new PolicyInputError(
      field,
      'takes 3 to 63 letters, digits, dots and dashes, with a letter or digit at both ends',
    );
  const fault = strict ? bucketNameFault(bucket) : null;
  if (fault !== null) throw new PolicyInputError(field, `is no name for a bucket: ${fault}`);
};

/** A key has 1,024 bytes at most; keys below a prefix need room of their own. */
const longestPrefixBytes = 512;
const encoder = new TextEncoder();

/** Throws unless `prefix` is empty or names a folder: `uploads/2026/`. Any letters are fine, `*` and `?` too. */
export const checkPrefix = (prefix: string, field = 'prefix'): void => {
  if (prefix === '') return;
  const refuse = (reason: string): never => {
    throw new PolicyInputError(field, reason);
  };
  if (!prefix.endsWith('/'))
    refuse('ends in a slash, or is empty: without it names that start alike are reached too');
  if (prefix.startsWith('/')) refuse('does not begin with a slash: the keys would have to as well');
  if (prefix.includes('//')) refuse('holds no empty folder name');
  if (`/${prefix}`.includes('/./') || `/${prefix}`.includes('/../')) refuse('holds no segment . or ..');
  if (!prefix.isWellFormed()) refuse('holds half of a surrogate pair');
  if ([...prefix].some(isControl)) refuse('holds no control characters');
  if (encoder.encode(prefix).length > longestPrefixBytes) refuse(`takes ${longestPrefixBytes} bytes at most`);
};

const isControl = (character: string): boolean => {
  const code = character.codePointAt(0) ?? 0;
  return code < 0x20 || (code >= 0x7f && code < 0xa0) || code === 0x2028 || code === 0x2029;
};

export const checkAccountId = (accountId: string, field = 'accountId'): void => {
  if (!/^\d{12}$/.test(accountId)) throw new PolicyInputError(field, 'has twelve digits');
};

const principalArn =
  /^arn:aws[a-z-]{0,10}:(?:iam|sts)::\d{12}:(?:root$|(?:user|role|assumed-role)\/[\w+=,.@/-]{1,512}$)/;
// Gateways name a tenant where AWS has the account, or nothing.
const lenientPrincipalArn =
  /^arn:aws[a-z-]{0,10}:(?:iam|sts)::[\w-]{0,64}:(?:root$|(?:user|role|assumed-role)\/[\w+=,.@/$-]{1,512}$)/;

/** Throws unless `principal` is an account or the ARN of a user, role or session. Everybody (`*`) is never meant here. */
export const checkPrincipal = (principal: string, field: string, { strict = true } = {}): void => {
  if (principal === '*')
    throw new PolicyInputError(field, 'names somebody: * would open the bucket to everybody');
  if (/^\d{12}$/.test(principal)) return;
  if (!(strict ? principalArn : lenientPrincipalArn).test(principal))
    throw new PolicyInputError(
      field,
      'is an account of twelve digits or the ARN of a user or role, such as arn:aws:iam::111122223333:role/windlass',
    );
};

/** Throws unless `origin` is what a browser sends: scheme, host and port. */
export const checkOrigin = (origin: string, field: string): void => {
  let url: URL;
  try {
    url = new URL(origin);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new PolicyInputError(field, 'is an origin such as https://app.example.com');
  }
  const { protocol, host } = url;
  if (`${protocol}//${host}` !== origin)
    throw new PolicyInputError(field, `is scheme, host and port only, as in ${protocol}//${host}`);
};

/** AWS: names of users, roles and policies share this form; a role's has 64 characters at most. */
export const checkName = (name: string, field = 'name'): void => {
  if (!/^[\w+=,.@-]{1,64}$/.test(name))
    throw new PolicyInputError(field, 'takes 1 to 64 letters, digits and the characters _ + = , . @ -');
};

export const checkRegion = (region: string, field = 'region'): void => {
  if (!/^[a-z0-9-]{1,40}$/i.test(region))
    throw new PolicyInputError(field, 'is a region such as eu-central-1');
};
