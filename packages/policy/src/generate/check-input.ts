import { capabilities } from '../jobs/capability.ts';
import {
  checkAccountId,
  checkBucket,
  checkName,
  checkOrigin,
  checkPrefix,
  checkPrincipal,
  checkRegion,
} from './check-names.ts';
import type { GenerateInput } from './generate-input.ts';
import { PolicyInputError } from './policy-input-error.ts';

/** Throws a PolicyInputError that names the first field from which no valid document can be made. */
export const checkInput = (input: GenerateInput): void => {
  const strict = input.provider === 'aws';
  if (input.capabilities.length === 0) throw new PolicyInputError('capabilities', 'names one at least');
  const unknown = input.capabilities.find((one) => !capabilities.includes(one));
  if (unknown !== undefined) throw new PolicyInputError('capabilities', `does not know ${unknown}`);
  checkBucket(input.bucket, 'bucket', { strict });
  checkPrefix(input.prefix);
  if (input.outputPrefix !== undefined) checkPrefix(input.outputPrefix, 'outputPrefix');
  if (input.region !== undefined) checkRegion(input.region);
  if (input.accountId !== undefined) checkAccountId(input.accountId);
  if (input.principal !== undefined) checkPrincipal(input.principal, 'principal', { strict });
  if (input.name !== undefined) checkName(input.name);
  if (input.user !== undefined) checkName(input.user, 'user');
  for (const [index, origin] of (input.origins ?? []).entries()) checkOrigin(origin, `origins[${index}]`);
  checkAccessPoint(input);
  checkTrust(input);
  checkAddOns(input);
};

const need = (input: GenerateInput, field: 'accountId' | 'region' | 'principal', what: string): void => {
  if (input[field] === undefined) throw new PolicyInputError(field, `is needed for ${what}`);
};

const checkAccessPoint = (input: GenerateInput): void => {
  if (input.accessPoint === undefined) return;
  if (!/^[a-z0-9][a-z0-9-]{1,48}[a-z0-9]$/.test(input.accessPoint.name))
    throw new PolicyInputError('accessPoint.name', 'takes 3 to 50 lower-case letters, digits and dashes');
  for (const field of ['accountId', 'region', 'principal'] as const) need(input, field, 'an access point');
};

const checkTrust = (input: GenerateInput): void => {
  const { trust, webIdentity } = input;
  if (trust !== undefined) {
    checkPrincipal(trust.principal, 'trust.principal', { strict: input.provider === 'aws' });
    // AWS: Parameters of AssumeRole.
    if (!/^[\w+=,.@:/-]{2,1224}$/.test(trust.externalId))
      throw new PolicyInputError(
        'trust.externalId',
        'takes 2 to 1224 letters, digits and the characters _ + = , . @ : / -',
      );
  }
  if (webIdentity === undefined) return;
  need(input, 'accountId', 'the ARN of the identity provider');
  if (!/^[A-Za-z0-9.-]{1,200}(?::\d{1,5})?(?:\/[\w./-]{0,200})?$/.test(webIdentity.issuer))
    throw new PolicyInputError('webIdentity.issuer', 'is host and path without https://');
  for (const field of ['audience', 'subject'] as const) {
    const value = webIdentity[field];
    if (value === '' || /[*?]|\$\{/.test(value))
      throw new PolicyInputError(`webIdentity.${field}`, 'is exact: a wildcard would let other tokens in');
  }
};

const checkAddOns = (input: GenerateInput): void => {
  const { addOns = {} } = input;
  if (addOns.accountPin === true) need(input, 'accountId', 'the account pin');
  if (
    addOns.kmsKey !== undefined &&
    !/^arn:aws[a-z-]{0,10}:kms:[a-z0-9-]{1,40}:\d{12}:key\/[\w-]{1,128}$/.test(addOns.kmsKey)
  )
    throw new PolicyInputError('addOns.kmsKey', 'is the ARN of a key: aliases do not work in policies');
};
