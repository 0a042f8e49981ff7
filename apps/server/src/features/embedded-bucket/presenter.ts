import type { IamBucket, IamRole, IamUser } from '@windlass/bucket';
import type {
  EmbeddedAccount,
  EmbeddedBucket,
  EmbeddedRole,
  EmbeddedUser,
  OperationAnswer,
  tryEmbeddedRequest,
} from '@windlass/contract';
import type { Evaluation, StatementPlace } from '@windlass/policy';
import type { EmbeddedBucketAccount } from './account.ts';
import { isOwn } from './own-user.ts';

export const presentUser = ({
  name,
  arn,
  standing,
  createdAt,
  accessKeys,
  policies,
}: IamUser): EmbeddedUser => ({
  name,
  arn,
  standing,
  own: isOwn({ name, standing }),
  createdAt: createdAt?.toISOString() ?? null,
  keys: accessKeys.map((key) => ({
    accessKeyId: key.accessKeyId,
    active: key.active,
    createdAt: key.createdAt?.toISOString() ?? null,
    lastUsedAt: key.lastUsed?.at.toISOString() ?? null,
  })),
  policies: policies.map((policy) => ({ name: policy.name, document: policy.document })),
});

export const presentRole = ({ name, arn, createdAt, trustPolicy, policies }: IamRole): EmbeddedRole => ({
  name,
  arn,
  createdAt: createdAt.toISOString(),
  trustPolicy,
  policies: policies.map((policy) => ({ name: policy.name, document: policy.document })),
});

export const presentBucket = ({ name, policy, publicAccessBlock }: IamBucket): EmbeddedBucket => ({
  name,
  policy,
  publicAccessBlocked:
    publicAccessBlock !== null &&
    publicAccessBlock.blockPublicPolicy &&
    publicAccessBlock.restrictPublicBuckets,
});

export const presentAccount = ({ url, region, iam }: EmbeddedBucketAccount): EmbeddedAccount => ({
  endpoint: url,
  region,
  accountId: iam.accountId,
  users: iam.listUsers().map(presentUser),
  roles: iam.listRoles().map(presentRole),
  buckets: iam.listBuckets().map(presentBucket),
});

const presentPlace = ({ policy, policyIndex, statementIndex, sid }: StatementPlace) => ({
  policy,
  policyIndex,
  statementIndex,
  sid,
});

/** The decision with the statement that made it, and how each other one took part. */
export const presentEvaluation = ({
  decision,
  reason,
  decidedBy,
  trace,
}: Evaluation): OperationAnswer<typeof tryEmbeddedRequest> => ({
  decision,
  reason,
  decidedBy: decidedBy === null ? null : presentPlace(decidedBy),
  trace: trace.map((statement) => ({
    ...presentPlace(statement),
    effect: statement.effect,
    matched: statement.matched,
    sentence: statement.sentence,
  })),
});
