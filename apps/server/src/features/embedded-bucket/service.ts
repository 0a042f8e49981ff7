import type { BucketIam, PolicyHolder, TrialPrincipal } from '@windlass/bucket';
import type {
  EmbeddedRole,
  EmbeddedUser,
  getEmbeddedBucket,
  OperationAnswer,
  OperationInput,
  TeamId,
  tryEmbeddedRequest,
} from '@windlass/contract';
import type { AccessRule } from '../../kernel/access-rule.ts';
import type { Actor } from '../../kernel/actor.ts';
import { AppError } from '../../kernel/app-error.ts';
import type { Log } from '../../kernel/log.ts';
import type { Database } from '../../platform/db/index.ts';
import { actorIdOf } from '../../platform/http/actor-id.ts';
import type { TeamAccess } from '../teams/index.ts';
import type { EmbeddedBucketAccount } from './account.ts';
import { checkTrial } from './check-trial.ts';
import { isOwn } from './own-user.ts';
import { embeddedBucketPolicy as rules } from './policy.ts';
import { presentAccount, presentEvaluation, presentRole, presentUser } from './presenter.ts';
import { refusing } from './refusal.ts';
import { findHomeTeam } from './store.ts';

/** Which policy of whom. */
export interface PolicyPlace {
  holder: 'users' | 'roles';
  holderName: string;
  policyName: string;
}

type Trial = OperationInput<typeof tryEmbeddedRequest>['body'];

/** Users, roles and policies of the embedded bucket, for the owners of the team that it belongs to. */
export interface EmbeddedBucketService {
  show(actor: Actor, teamId: TeamId): Promise<OperationAnswer<typeof getEmbeddedBucket>>;
  createUser(actor: Actor, teamId: TeamId, name: string): Promise<EmbeddedUser>;
  deleteUser(actor: Actor, teamId: TeamId, name: string): Promise<void>;
  createKey(
    actor: Actor,
    teamId: TeamId,
    userName: string,
  ): Promise<{ accessKeyId: string; secretAccessKey: string }>;
  setKeyActive(actor: Actor, teamId: TeamId, key: KeyPlace, active: boolean): Promise<void>;
  deleteKey(actor: Actor, teamId: TeamId, key: KeyPlace): Promise<void>;
  createRole(
    actor: Actor,
    teamId: TeamId,
    role: { name: string; trustPolicy: string },
  ): Promise<EmbeddedRole>;
  putTrustPolicy(actor: Actor, teamId: TeamId, roleName: string, document: string): Promise<void>;
  deleteRole(actor: Actor, teamId: TeamId, name: string): Promise<void>;
  putPolicy(actor: Actor, teamId: TeamId, place: PolicyPlace, document: string): Promise<void>;
  deletePolicy(actor: Actor, teamId: TeamId, place: PolicyPlace): Promise<void>;
  putBucketPolicy(actor: Actor, teamId: TeamId, bucket: string, document: string | null): Promise<void>;
  setPublicAccessBlocked(actor: Actor, teamId: TeamId, bucket: string, blocked: boolean): Promise<void>;
  tryRequest(actor: Actor, teamId: TeamId, trial: Trial): Promise<OperationAnswer<typeof tryEmbeddedRequest>>;
}

interface KeyPlace {
  userName: string;
  accessKeyId: string;
}

export const createEmbeddedBucketService = (deps: {
  db: Database;
  access: TeamAccess;
  log: Log;
  /** Null where the embedded bucket is off. */
  account: EmbeddedBucketAccount | null;
}): EmbeddedBucketService => {
  const { db, access, log, account } = deps;

  /** The account, for whoever may; null for a team that it does not belong to. */
  const find = async (
    actor: Actor,
    teamId: TeamId,
    rule: AccessRule,
  ): Promise<EmbeddedBucketAccount | null> => {
    await access.require(actor, teamId, rule);
    return account === null || (await findHomeTeam(db)) !== teamId ? null : account;
  };

  const open = async (actor: Actor, teamId: TeamId, rule: AccessRule): Promise<EmbeddedBucketAccount> => {
    const found = await find(actor, teamId, rule);
    if (found === null) throw new AppError('notFound', 'This team has no embedded bucket.');
    return found;
  };

  const change = async <T>(
    actor: Actor,
    teamId: TeamId,
    facts: Record<string, string>,
    run: (iam: BucketIam) => T | Promise<T>,
  ): Promise<T> => {
    const { iam } = await open(actor, teamId, rules.write);
    const result = await refusing(() => run(iam));
    log.info({ actorId: actorIdOf(actor), teamId, ...facts }, 'Embedded bucket account changed');
    return result;
  };

  return {
    show: async (actor, teamId) => {
      const found = await find(actor, teamId, rules.read);
      return { account: found === null ? null : presentAccount(found) };
    },
    createUser: (actor, teamId, name) =>
      change(actor, teamId, { createUser: name }, async (iam) => presentUser(await iam.createUser({ name }))),
    deleteUser: (actor, teamId, name) =>
      change(actor, teamId, { deleteUser: name }, async (iam) => {
        const user = changeable(iam, name);
        for (const { accessKeyId } of user.accessKeys) await iam.deleteAccessKey(name, accessKeyId);
        for (const policy of user.policies) await iam.deletePolicy({ user: name }, policy.name);
        await iam.deleteUser(name);
      }),
    createKey: (actor, teamId, userName) =>
      change(actor, teamId, { createKeyOf: userName }, async (iam) => {
        changeable(iam, userName);
        const { accessKeyId, secretAccessKey } = await iam.createAccessKey(userName);
        return { accessKeyId, secretAccessKey };
      }),
    setKeyActive: (actor, teamId, { userName, accessKeyId }, active) =>
      change(actor, teamId, { keyOf: userName, active: String(active) }, (iam) => {
        changeable(iam, userName);
        return iam.setAccessKeyActive(userName, accessKeyId, active);
      }),
    deleteKey: (actor, teamId, { userName, accessKeyId }) =>
      change(actor, teamId, { deleteKeyOf: userName }, (iam) => {
        changeable(iam, userName);
        return iam.deleteAccessKey(userName, accessKeyId);
      }),
    createRole: (actor, teamId, role) =>
      change(actor, teamId, { createRole: role.name }, async (iam) =>
        presentRole(await iam.createRole(role)),
      ),
    putTrustPolicy: (actor, teamId, roleName, document) =>
      change(actor, teamId, { trustPolicyOf: roleName }, (iam) => iam.setTrustPolicy(roleName, document)),
    deleteRole: (actor, teamId, name) =>
      change(actor, teamId, { deleteRole: name }, async (iam) => {
        for (const policy of iam.getRole(name).policies) await iam.deletePolicy({ role: name }, policy.name);
        await iam.deleteRole(name);
      }),
    putPolicy: (actor, teamId, place, document) =>
      change(actor, teamId, { putPolicy: place.policyName, of: place.holderName }, (iam) =>
        iam.putPolicy(holderOf(iam, place), place.policyName, document),
      ),
    deletePolicy: (actor, teamId, place) =>
      change(actor, teamId, { deletePolicy: place.policyName, of: place.holderName }, (iam) =>
        iam.deletePolicy(holderOf(iam, place), place.policyName),
      ),
    putBucketPolicy: (actor, teamId, bucket, document) =>
      change(actor, teamId, { policyOfBucket: bucket }, (iam) => iam.putBucketPolicy(bucket, document)),
    setPublicAccessBlocked: (actor, teamId, bucket, blocked) =>
      change(actor, teamId, { publicAccessOf: bucket, blocked: String(blocked) }, (iam) =>
        iam.putPublicAccessBlock(bucket, blocked ? everythingBlocked : null),
      ),
    tryRequest: async (actor, teamId, { principal, action, resource, context }) => {
      const { iam } = await open(actor, teamId, rules.read);
      checkTrial({ action, resource });
      const who = trialPrincipal(principal);
      return refusing(() => presentEvaluation(iam.tryRequest({ principal: who, action, resource, context })));
    },
  };
};

const everythingBlocked = {
  blockPublicAcls: true,
  ignorePublicAcls: true,
  blockPublicPolicy: true,
  restrictPublicBuckets: true,
};

/** The server's own users: without them it could not reach its own bucket, nor assume a role there. */
const changeable = (iam: BucketIam, name: string) => {
  const user = iam.getUser(name);
  if (isOwn(user)) {
    throw new AppError('conflict', `${name} is the server's own user and cannot be changed here.`);
  }
  return user;
};

const holderOf = (iam: BucketIam, { holder, holderName }: PolicyPlace): PolicyHolder => {
  if (holder === 'roles') return { role: holderName };
  changeable(iam, holderName);
  return { user: holderName };
};

const trialPrincipal = (principal: Trial['principal']): TrialPrincipal => {
  if (principal === 'anonymous' || 'user' in principal) return principal;
  const { role, sessionPolicy } = principal;
  return { role, ...(sessionPolicy === undefined ? {} : { sessionPolicy }) };
};
