import type {
  AccessRequest,
  PolicySet,
  RequestContext,
} from '../../packages/policy/src/evaluate/access-request.ts';
import { callerContext } from '../../packages/policy/src/calls/caller.ts';
import type {
  ConditionElement,
  PolicyDocument,
  Statement,
} from '../../packages/policy/src/document/policy-document.ts';
import type { Random } from './random.ts';
import {
  actionPatterns,
  bucketActions,
  conditionShapes,
  keys,
  namedPrincipals,
  objectActions,
  owner,
  principals,
  resourcePatterns,
} from './vocabulary.ts';

export interface Case {
  readonly request: AccessRequest;
  readonly policies: PolicySet;
}

const single = <T>(items: readonly T[]): T | readonly T[] =>
  items.length === 1 && items[0] !== undefined ? items[0] : items;

const randomCondition = (random: Random): ConditionElement => {
  const block: Record<string, Record<string, string | readonly string[]>> = {};
  for (const shape of random.some(conditionShapes, 1, 2)) {
    const plain = random.pick<string>(shape.operators);
    const roll = random.chance(0.2) ? 'IfExists' : '';
    const operator = random.chance(0.15) ? 'Null' : `${plain}${roll}`;
    const values =
      operator === 'Null' ? [random.pick(['true', 'false'])] : random.some<string>(shape.values, 1, 2);
    // Names of keys have no case.
    const key = random.chance(0.1) ? shape.key.toUpperCase() : shape.key;
    block[operator] = { ...block[operator], [key]: single(values) };
  }
  return block;
};

const randomPrincipal = (random: Random): Pick<Statement, 'Principal' | 'NotPrincipal'> => {
  if (random.chance(0.2)) return { Principal: '*' };
  const AWS = single(random.some<string>(namedPrincipals, 1, 3));
  return random.chance(0.1) ? { NotPrincipal: { AWS } } : { Principal: { AWS } };
};

/** Whom the statements of a policy name: nobody in identity policies, everybody in those of endpoints and organizations. */
type Named = 'nobody' | 'somebody' | 'everybody';

const randomStatement = (random: Random, named: Named, mayDeny: number): Statement => {
  const principal =
    named === 'somebody' ? randomPrincipal(random) : named === 'everybody' ? { Principal: '*' as const } : {};
  // IAM takes no Allow with NotPrincipal any more.
  const effect = 'NotPrincipal' in principal || random.chance(mayDeny) ? 'Deny' : 'Allow';
  const actions = single(random.some<string>(actionPatterns, 1, 3));
  const resources = single(random.some<string>(resourcePatterns, 1, 3));
  return {
    Effect: effect,
    ...principal,
    ...(random.chance(0.1) ? { NotAction: actions } : { Action: actions }),
    ...(random.chance(0.1) ? { NotResource: resources } : { Resource: resources }),
    ...(random.chance(0.45) && { Condition: randomCondition(random) }),
  };
};

const randomDocument = (random: Random, named: Named, mayDeny = 0.2): PolicyDocument => ({
  // Without variables the peer reads them all the same: that disagreement has a test, and would drown the others.
  Version: '2012-10-17',
  Statement: Array.from({ length: random.pick([1, 1, 2, 3]) }, () => randomStatement(random, named, mayDeny)),
});

const everything: PolicyDocument = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
};

/** What organizations take: no `NotAction`, and no `*` for an action. */
const ofServices = (document: PolicyDocument): PolicyDocument => ({
  ...document,
  Statement: [document.Statement]
    .flat()
    .map(({ NotAction = 's3:*', Action = NotAction, ...statement }: Statement) => ({
      ...statement,
      Action: [Action].flat().map((action) => (action === '*' ? 's3:*' : action)),
    })),
});

const randomContext = (random: Random, action: string, principal: string): RequestContext => {
  const context: Record<string, string | readonly string[]> = {};
  const maybe = (probability: number, key: string, values: readonly [string, ...string[]]): void => {
    if (random.chance(probability)) context[key] = random.pick(values);
  };
  if (action === 's3:ListBucket') {
    maybe(0.7, 's3:prefix', ['uploads/', 'uploads/2026/', 'ann/', '', 'Uploads/']);
    maybe(0.5, 's3:delimiter', ['/', ',']);
    maybe(0.8, 's3:max-keys', ['1000', '100', '10', '5']);
  }
  if (action === 's3:PutObject') {
    maybe(0.4, 's3:x-amz-acl', ['private', 'public-read']);
    maybe(0.4, 's3:x-amz-server-side-encryption', ['AES256', 'aws:kms']);
  }
  if (action === 's3:PutObject' || action === 's3:PutObjectTagging')
    if (random.chance(0.5)) context['s3:RequestObjectTagKeys'] = random.some(['env', 'team', 'pii'], 1, 3);
  maybe(0.9, 'aws:SourceIp', ['203.0.113.10', '198.51.100.7', '192.0.2.1', '2001:db8::9']);
  maybe(0.9, 'aws:CurrentTime', ['2026-11-22T10:00:00Z', '2026-10-01T00:00:00Z', '2027-01-01T00:00:00Z']);
  maybe(0.2, 'aws:SourceVpce', ['vpce-1', 'vpce-2']);
  if (principal !== '*') {
    maybe(0.3, 'aws:PrincipalTag/team', ['uploads', 'ann']);
    maybe(0.3, 'aws:MultiFactorAuthPresent', ['true', 'false']);
  }
  maybe(0.2, 'aws:SecureTransport', ['false']);
  return context;
};

const randomRequest = (random: Random): AccessRequest => {
  const onBucket = random.chance(0.35);
  const action = onBucket ? random.pick(bucketActions) : random.pick(objectActions);
  const resource = onBucket ? 'arn:aws:s3:::b' : `arn:aws:s3:::b/${random.pick(keys)}`;
  const principal = random.pick(principals);
  const context = callerContext({
    principal,
    resourceAccount: owner,
    context: randomContext(random, action, principal),
  });
  return { principal, action, resource, resourceAccount: owner, context };
};

/** A request and the policies around it; the same seed gives the same case. */
export const randomCase = (random: Random): Case => {
  const request = randomRequest(random);
  const anonymous = request.principal === '*';
  const isRoot = request.principal.endsWith(':root');
  const isRole = request.principal.includes(':assumed-role/');
  const documents = (count: number, named: Named): PolicyDocument[] =>
    Array.from({ length: count }, () => randomDocument(random, named));
  return {
    request,
    policies: {
      // Nobody has no policies, and the root user can have none.
      identity: anonymous || isRoot ? [] : documents(random.pick([0, 1, 1, 2]), 'nobody'),
      bucketPolicy: random.chance(0.6) ? randomDocument(random, 'somebody') : null,
      boundary: !anonymous && !isRoot && random.chance(0.15) ? documents(1, 'nobody') : null,
      session: isRole && random.chance(0.3) ? randomDocument(random, 'nobody') : null,
      scp: !anonymous && random.chance(0.15) ? [[everything], documents(1, 'nobody')] : null,
      // These can only deny.
      rcp: random.chance(0.08) ? [[ofServices(randomDocument(random, 'everybody', 1))]] : null,
      vpcEndpoint: random.chance(0.1) ? documents(1, 'everybody') : null,
      blockPublicAccess: random.chance(0.1),
    },
  };
};
