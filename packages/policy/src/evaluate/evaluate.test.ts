import { describe, expect, it } from 'vitest';
import type { PolicyDocument, Statement } from '../document/policy-document.ts';
import type { AccessRequest, PolicySet } from './access-request.ts';
import { evaluate } from './evaluate.ts';

const owner = '111122223333';
const stranger = '444455556666';
const ann = `arn:aws:iam::${owner}:user/ann`;
const session = `arn:aws:sts::${owner}:assumed-role/ingest/s1`;
const role = `arn:aws:iam::${owner}:role/ingest`;

const policy = (...Statement: Statement[]): PolicyDocument => ({ Version: '2012-10-17', Statement });
const allow = (more: Partial<Statement> = {}): Statement => ({
  Effect: 'Allow',
  Action: 's3:*',
  ...(more.NotResource === undefined && { Resource: '*' }),
  ...more,
});
const deny = (more: Partial<Statement> = {}): Statement => ({ ...allow(more), Effect: 'Deny' });
const request = (more: Partial<AccessRequest> = {}): AccessRequest => ({
  principal: ann,
  action: 's3:GetObject',
  resource: 'arn:aws:s3:::b/uploads/a.jpg',
  resourceAccount: owner,
  context: {},
  ...more,
});
const decide = (policies: PolicySet, more: Partial<AccessRequest> = {}) =>
  evaluate(request(more), policies).decision;
const everything = policy(allow());
const nothing = policy(allow({ Action: 'ec2:*' }));

const granting = (AWS: string) => policy(allow({ Principal: { AWS } }));
const denyBut = (...AWS: string[]) => ({
  identity: [everything],
  bucketPolicy: policy(deny({ NotPrincipal: { AWS } })),
});
const denial = (Condition: Statement['Condition']) =>
  policy(deny({ Principal: '*', ...(Condition && { Condition }) }));
const trust = (more: Partial<Statement>): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', ...more }],
});

describe('identity, group and boundary', () => {
  it('counts group policies as identity policies', () => {
    expect(decide({ group: [everything] })).toBe('Allowed');
    expect(decide({ identity: [everything], group: [policy(deny())] })).toBe('ExplicitlyDenied');
  });

  it('lets a grant to the user pass a boundary, and one to the account not', () => {
    expect(decide({ boundary: [nothing], bucketPolicy: granting(ann) })).toBe('Allowed');
    expect(decide({ boundary: [nothing], bucketPolicy: granting(owner), identity: [everything] })).toBe(
      'ImplicitlyDenied',
    );
  });

  it('limits across accounts whatever the bucket policy names', () => {
    const vendor = `arn:aws:iam::${stranger}:user/vendor`;
    const bucketPolicy = policy(allow({ Principal: { AWS: vendor } }));
    const set = { identity: [everything], bucketPolicy };
    expect(decide(set, { principal: vendor })).toBe('Allowed');
    expect(decide({ ...set, boundary: [nothing] }, { principal: vendor })).toBe('ImplicitlyDenied');
  });

  it('takes an empty list of boundaries for none', () => {
    expect(decide({ identity: [everything], boundary: [] })).toBe('Allowed');
  });
});

describe('roles and sessions', () => {
  it('limits a grant to the role by the session policy, and none to the session', () => {
    expect(decide({ session: nothing, bucketPolicy: granting(role) }, { principal: session })).toBe(
      'ImplicitlyDenied',
    );
    expect(decide({ session: nothing, bucketPolicy: granting(session) }, { principal: session })).toBe(
      'Allowed',
    );
    expect(decide({ session: everything, bucketPolicy: granting(role) }, { principal: session })).toBe(
      'Allowed',
    );
  });

  it('knows another session of the same role for another', () => {
    const bucketPolicy = policy(
      allow({ Principal: { AWS: `arn:aws:sts::${owner}:assumed-role/ingest/s2` } }),
    );
    expect(decide({ bucketPolicy }, { principal: session })).toBe('ImplicitlyDenied');
  });

  it('finds a role with a path by aws:PrincipalArn', () => {
    const withPath = `arn:aws:iam::${owner}:role/jobs/ingest`;
    const bucketPolicy = policy(allow({ Principal: { AWS: withPath } }));
    expect(decide({ bucketPolicy }, { principal: session, context: { 'aws:PrincipalArn': withPath } })).toBe(
      'Allowed',
    );
    // A key that names another role is not believed.
    const other = `arn:aws:iam::${owner}:role/admin`;
    expect(
      decide(
        { bucketPolicy: policy(allow({ Principal: { AWS: other } })) },
        { principal: session, context: { 'aws:PrincipalArn': other } },
      ),
    ).toBe('ImplicitlyDenied');
  });
});

describe('accounts, root, nobody and services', () => {
  it('asks the root user of another account for a grant of the bucket only', () => {
    const principal = `arn:aws:iam::${stranger}:root`;
    expect(decide({ bucketPolicy: policy(allow({ Principal: { AWS: stranger } })) }, { principal })).toBe(
      'Allowed',
    );
    expect(decide({}, { principal })).toBe('ImplicitlyDenied');
  });

  it('lets the root user of the owner mend the bucket policy past its Deny, and past no other', () => {
    const locked = policy(deny({ Principal: '*' }));
    const principal = `arn:aws:iam::${owner}:root`;
    const mend = { principal, action: 's3:DeleteBucketPolicy', resource: 'arn:aws:s3:::b' };
    expect(decide({ bucketPolicy: locked }, mend)).toBe('Allowed');
    expect(decide({ bucketPolicy: locked }, { ...mend, principal: ann })).toBe('ExplicitlyDenied');
    expect(decide({ bucketPolicy: locked, scp: [[everything], [policy(deny())]] }, mend)).toBe(
      'ExplicitlyDenied',
    );
  });

  it('never lets identity policies speak for nobody', () => {
    expect(decide({ identity: [everything] }, { principal: '*' })).toBe('ImplicitlyDenied');
  });

  it('reaches a service by its name, and everybody by a star', () => {
    const principal = 'cloudfront.amazonaws.com';
    expect(
      decide({ bucketPolicy: policy(allow({ Principal: { Service: principal } })) }, { principal }),
    ).toBe('Allowed');
    expect(decide({ bucketPolicy: policy(deny({ Principal: '*' })) }, { principal })).toBe(
      'ExplicitlyDenied',
    );
    expect(decide({ bucketPolicy: policy(allow({ Principal: { AWS: owner } })) }, { principal })).toBe(
      'ImplicitlyDenied',
    );
  });

  it('reaches an origin access identity by its ARN', () => {
    const principal = 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1';
    expect(decide({ bucketPolicy: policy(allow({ Principal: { AWS: principal } })) }, { principal })).toBe(
      'Allowed',
    );
  });

  it('takes no wildcard inside the ARN of a principal', () => {
    expect(
      decide({ bucketPolicy: policy(allow({ Principal: { AWS: `arn:aws:iam::${owner}:user/*` } })) }),
    ).toBe('ImplicitlyDenied');
  });
});

describe('NotPrincipal', () => {
  it('spares whom it lists, and only the root user of an account', () => {
    expect(decide(denyBut(ann, owner))).toBe('Allowed');
    expect(decide(denyBut(`arn:aws:iam::${owner}:user/bob`, owner))).toBe('ExplicitlyDenied');
    expect(decide(denyBut(owner), { principal: `arn:aws:iam::${owner}:root` })).toBe('Allowed');
    expect(decide(denyBut(role, owner), { principal: session })).toBe('Allowed');
  });

  it('spares nobody who has a boundary', () => {
    expect(decide({ ...denyBut(ann, owner), boundary: [everything] })).toBe('ExplicitlyDenied');
  });

  it('leaves out the whole account in an Allow', () => {
    const bucketPolicy = policy(allow({ NotPrincipal: { AWS: owner } }));
    expect(decide({ bucketPolicy })).toBe('ImplicitlyDenied');
    expect(decide({ bucketPolicy }, { principal: '*' })).toBe('Allowed');
  });
});

describe('organizations and endpoints', () => {
  it('asks every level for its consent', () => {
    expect(decide({ identity: [everything], scp: [[everything], [everything, nothing]] })).toBe('Allowed');
    expect(decide({ identity: [everything], scp: [[everything], [nothing]] })).toBe('ImplicitlyDenied');
  });

  it('takes a plain list of policies for one level', () => {
    expect(decide({ identity: [everything], scp: [nothing, everything] })).toBe('Allowed');
  });

  it('lets resource control policies deny only: the default one always allows', () => {
    expect(
      decide({ identity: [everything], rcp: [[denial({ Bool: { 'aws:SecureTransport': 'false' } })]] }),
    ).toBe('Allowed');
    expect(decide({ identity: [everything], rcp: [[denial(undefined)]] })).toBe('ExplicitlyDenied');
  });

  it('leaves roles of AWS services alone', () => {
    const principal = `arn:aws:sts::${owner}:assumed-role/AWSServiceRoleForBackup/s`;
    const PrincipalArn = `arn:aws:iam::${owner}:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup`;
    expect(
      decide(
        { identity: [everything], scp: [[nothing]] },
        { principal, context: { 'aws:PrincipalArn': PrincipalArn } },
      ),
    ).toBe('Allowed');
  });

  it('lets an endpoint policy shut the root user out', () => {
    const principal = `arn:aws:iam::${owner}:root`;
    expect(
      decide({ vpcEndpoint: [policy(allow({ Principal: '*', Action: 's3:PutObject' }))] }, { principal }),
    ).toBe('ImplicitlyDenied');
    expect(decide({ vpcEndpoint: [] }, { principal })).toBe('Allowed');
  });
});

describe('Block Public Access', () => {
  const open = policy(allow({ Principal: '*' }));
  const withGuest = policy(
    allow({ Principal: '*', Action: 's3:ListBucket' }),
    allow({ Principal: { AWS: `arn:aws:iam::${stranger}:user/vendor` } }),
  );

  it('shuts the public and other accounts out of a public policy, and nobody out of another', () => {
    expect(decide({ bucketPolicy: open, blockPublicAccess: true }, { principal: '*' })).toBe(
      'ExplicitlyDenied',
    );
    const vendor = { principal: `arn:aws:iam::${stranger}:user/vendor` };
    expect(decide({ identity: [everything], bucketPolicy: withGuest, blockPublicAccess: true }, vendor)).toBe(
      'ExplicitlyDenied',
    );
    expect(decide({ identity: [everything], bucketPolicy: withGuest }, vendor)).toBe('Allowed');
    const closed = policy(allow({ Principal: { AWS: vendor.principal } }));
    expect(decide({ identity: [everything], bucketPolicy: closed, blockPublicAccess: true }, vendor)).toBe(
      'Allowed',
    );
  });

  it('lets the account of the owner and services in', () => {
    expect(decide({ bucketPolicy: open, blockPublicAccess: true })).toBe('Allowed');
    expect(
      decide({ bucketPolicy: open, blockPublicAccess: true }, { principal: 'cloudfront.amazonaws.com' }),
    ).toBe('Allowed');
  });
});

describe('access points', () => {
  const arn = `arn:aws:s3:eu-west-1:${owner}:accesspoint/ap`;
  const through = { resource: `${arn}/object/k`, context: { 's3:DataAccessPointAccount': owner } };
  const delegation = policy(
    allow({ Principal: '*', Condition: { StringEquals: { 's3:DataAccessPointAccount': owner } } }),
  );
  const accessPoint = (document: PolicyDocument | null) => ({
    arn,
    policy: document,
    bucketResource: 'arn:aws:s3:::b/k',
  });

  it('takes a grant of the access point across accounts once the bucket delegates', () => {
    const principal = `arn:aws:iam::${stranger}:user/vendor`;
    const grant = policy(allow({ Principal: { AWS: principal }, Resource: `${arn}/object/*` }));
    const identity = [policy(allow({ Resource: `${arn}/object/*` }))];
    const set = { identity, accessPoint: accessPoint(grant), bucketPolicy: delegation };
    expect(decide(set, { ...through, principal })).toBe('Allowed');
    expect(decide({ ...set, bucketPolicy: null }, { ...through, principal })).toBe('ImplicitlyDenied');
    expect(decide({ ...set, identity: [] }, { ...through, principal })).toBe('ImplicitlyDenied');
  });

  it('heeds a Deny at the bucket, and says where it stands', () => {
    const set = {
      identity: [everything],
      accessPoint: accessPoint(null),
      bucketPolicy: policy(deny({ Principal: '*' })),
    };
    const { decision, reason, trace } = evaluate(request(through), set);
    expect(decision).toBe('ExplicitlyDenied');
    expect(reason).toMatch(
      /^At the bucket behind the access point: Statement 1 of the bucket policy denies it/,
    );
    expect(new Set(trace.map(({ resource }) => resource))).toEqual(
      new Set([through.resource, 'arn:aws:s3:::b/k']),
    );
  });
});

describe('trust policies', () => {
  const assume = { action: 'sts:AssumeRole', resource: role };
  const mayAssume = [policy(allow({ Action: 'sts:AssumeRole' }))];

  it('must allow, whatever the caller may do', () => {
    expect(decide({ identity: mayAssume, trust: trust({ Principal: { AWS: stranger } }) }, assume)).toBe(
      'ImplicitlyDenied',
    );
    expect(decide({ trust: trust({ Principal: { AWS: ann } }) }, assume)).toBe('Allowed');
  });

  it('leaves it to the account that it names', () => {
    expect(decide({ trust: trust({ Principal: { AWS: owner } }) }, assume)).toBe('ImplicitlyDenied');
    expect(decide({ identity: mayAssume, trust: trust({ Principal: { AWS: owner } }) }, assume)).toBe(
      'Allowed',
    );
  });

  it('asks for the external ID, and for the right one', () => {
    const set = {
      identity: mayAssume,
      trust: trust({ Principal: { AWS: owner }, Condition: { StringEquals: { 'sts:ExternalId': 'x1' } } }),
    };
    expect(decide(set, { ...assume, context: { 'sts:ExternalId': 'x1' } })).toBe('Allowed');
    expect(decide(set, { ...assume, context: { 'sts:ExternalId': 'x2' } })).toBe('ImplicitlyDenied');
    expect(decide(set, assume)).toBe('ImplicitlyDenied');
  });

  it('knows identity providers', () => {
    const provider = `arn:aws:iam::${owner}:oidc-provider/id.example.com`;
    const web = {
      ...assume,
      action: 'sts:AssumeRoleWithWebIdentity',
      principal: provider,
      context: { 'id.example.com:aud': 'w' },
    };
    const document = trust({
      Action: 'sts:AssumeRoleWithWebIdentity',
      Principal: { Federated: provider },
      Condition: { StringEquals: { 'id.example.com:aud': 'w' } },
    });
    expect(decide({ trust: document }, web)).toBe('Allowed');
    expect(decide({ trust: document }, { ...web, context: {} })).toBe('ImplicitlyDenied');
  });
});

describe('reasons', () => {
  it('say that a key can never be there', () => {
    const bucketPolicy = policy({
      ...deny({ Principal: '*' }),
      Sid: 'Fence',
      Condition: { StringNotLikeIfExists: { 's3:prefix': 'uploads/*' } },
    });
    const { reason, decidedBy } = evaluate(request({ action: 's3:PutObject' }), {
      identity: [everything],
      bucketPolicy,
    });
    expect(reason).toBe(
      'Statement 1 ("Fence") of the bucket policy denies it. This Deny applies to every s3:PutObject: s3:prefix is never part of s3:PutObject, and StringNotLikeIfExists is true for a missing key.',
    );
    expect(decidedBy).toEqual({ policy: 'bucket', policyIndex: 0, statementIndex: 0, sid: 'Fence' });
  });

  it('name the Allow that comes nearest', () => {
    const identity = [
      policy(allow({ Action: 's3:PutObject' }), allow({ Resource: 'arn:aws:s3:::b/private/*' })),
    ];
    expect(evaluate(request(), { identity }).reason).toContain(
      'Nearest is statement 2 of the identity policy: This Allow does not apply: "arn:aws:s3:::b/uploads/a.jpg" is not in Resource "arn:aws:s3:::b/private/*".',
    );
  });

  it('name the second policy of a kind', () => {
    const { reason } = evaluate(request(), { identity: [nothing, everything] });
    expect(reason).toBe('Statement 1 of identity policy 2 allows it.');
  });

  it('trace every statement with every part, as plain data', () => {
    const bucketPolicy = policy(
      allow({
        Principal: '*',
        Condition: { Bool: { 'aws:SecureTransport': true }, Null: { 's3:prefix': 'true' } },
      }),
    );
    const evaluation = evaluate(request(), { identity: [everything], bucketPolicy });
    expect(evaluation.trace).toHaveLength(2);
    expect(evaluation.trace[1]?.parts.map(({ part }) => part)).toEqual([
      'principal',
      'action',
      'resource',
      'condition',
      'condition',
    ]);
    for (const { sentence, parts } of evaluation.trace)
      for (const text of [sentence, ...parts.map((part) => part.sentence)])
        expect(text).toMatch(/^["A-Za-z].+\.$/);
    expect(JSON.parse(JSON.stringify(evaluation))).toEqual(evaluation);
  });
});
