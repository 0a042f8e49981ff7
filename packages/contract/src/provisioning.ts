import { z } from 'zod';
import { connection } from './connections.ts';
import { accessKeyCredentials } from './credentials.ts';
import { connectionId, provisioningId, teamId } from './ids.ts';
import { timestamp } from './lists.ts';
import { operation } from './operation.ts';

const tag = 'Provisioning';
const one = z.object({ teamId, connectionId });
const onePlan = one.extend({ provisioningId });
const base = '/api/v1/teams/:teamId/connections/:connectionId/provisioning';

/** What can be made, in the order in which it is; undone in reverse. */
export const provisioningKinds = [
  'bucket',
  'publicAccess',
  'cors',
  'lifecycle',
  'user',
  'role',
  'policy',
  'accessKey',
  'credentials',
] as const;
export type ProvisioningKind = (typeof provisioningKinds)[number];

/** Whose rights the connection uses: an IAM user with a key, or a role that this server assumes. */
export const provisionedIdentities = ['user', 'role'] as const;

/**
 * `create`: it is not there. `update`: it is there and differs, or was made by somebody else. `keep`: it is there as it
 * should be. `cannot`: the provider has no such thing, or the keys may not; the detail says what to do instead.
 */
export const provisioningActions = ['create', 'update', 'keep', 'cannot'] as const;
export type ProvisioningAction = (typeof provisioningActions)[number];

/** `delete`: Windlass made it. `restore`: Windlass changed it, and kept what was there. `keep`: the detail says why. */
export const undoActions = ['delete', 'restore', 'keep'] as const;
export type UndoAction = (typeof undoActions)[number];

/** `notReached`: a step before it failed. */
export const provisioningOutcomes = ['done', 'kept', 'skipped', 'failed', 'notReached'] as const;
export type ProvisioningOutcome = (typeof provisioningOutcomes)[number];

const stepFields = {
  kind: z.enum(provisioningKinds),
  title: z.string(),
  /** Name of the bucket, user, role or policy; of a key its last characters. */
  name: z.string(),
  /** What is there, and what will be, in plain words. */
  detail: z.string(),
  /** The document that is written, as JSON text; null where there is none. */
  document: z.string().nullable(),
};
const result = z.object({ outcome: z.enum(provisioningOutcomes), detail: z.string() });

export const provisioningStep = z
  .object({ ...stepFields, action: z.enum(provisioningActions) })
  .meta({ id: 'ProvisioningStep' });
export type ProvisioningStep = z.infer<typeof provisioningStep>;

export const undoStep = z
  .object({ ...stepFields, action: z.enum(undoActions), result: result.nullable() })
  .meta({ id: 'UndoStep' });
export type UndoStep = z.infer<typeof undoStep>;

export const provisioningPlan = z
  .object({
    id: provisioningId,
    /** Then the keys are forgotten, and the plan with them. */
    expiresAt: timestamp,
    identity: z.enum(provisionedIdentities),
    steps: z.array(provisioningStep),
  })
  .meta({ id: 'ProvisioningPlan' });
export type ProvisioningPlan = z.infer<typeof provisioningPlan>;

export const provisioningChoices = z.object({
  identity: z.enum(provisionedIdentities).default('user'),
  createBucket: z.boolean().default(true),
  blockPublicAccess: z.boolean().default(true),
  /** Rules for this server's own pages, where a job uploads or reads from a page. */
  cors: z.boolean().default(true),
  /** Uploads that were never completed are given up after a week. */
  lifecycle: z.boolean().default(true),
  /**
   * A user of the same account that assumes the role, in place of this server's own identity. Needed where the provider
   * follows no external ID (Ceph): a role that trusts us there could be used through us by others.
   */
  assumedBy: z
    .object({
      /** ARN that the trust policy names. */
      principal: z
        .string()
        .trim()
        .max(512)
        .regex(
          /^arn:aws[a-z-]*:iam::[\w-]*:user\/[\w+=,.@/$-]{1,200}$/,
          'is not the ARN of a user, e.g. arn:aws:iam::111122223333:user/windlass',
        )
        .meta({ example: 'arn:aws:iam::111122223333:user/windlass' }),
      key: accessKeyCredentials,
    })
    .optional(),
  /** Name of the user or role; `windlass-<connection>` when absent. */
  name: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/, 'takes 1 to 64 letters, digits and the characters _ + = , . @ -')
    .optional(),
});
export type ProvisioningChoices = z.infer<typeof provisioningChoices>;

export const planProvisioning = operation({
  id: 'planProvisioning',
  method: 'POST',
  path: `${base}/plans`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Show what would be made with administrator keys: bucket, user or role, policy, CORS, lifecycle',
  description:
    'Only reads. The keys stay in the memory of the process that answers, for ten minutes at most, until the plan is applied or discarded; they are written nowhere. What is as it should be is `keep`.',
  params: one,
  body: provisioningChoices.extend({ admin: accessKeyCredentials }),
  response: provisioningPlan,
});
export const applyProvisioning = operation({
  id: 'applyProvisioning',
  method: 'POST',
  path: `${base}/plans/:provisioningId/apply`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Carry out a plan, give the connection its credentials and check it',
  description:
    'Runs the steps in order and stops at the first that fails, or that found something else than the plan showed. The keys are forgotten in any case. `notFound` when the plan has run out or another process holds it: plan again.',
  params: onePlan,
  response: z.object({
    /** False when a step failed; then plan again: what was made is kept. */
    done: z.boolean(),
    steps: z.array(provisioningStep.extend({ result })),
    /** With the report of its check, when it came to that. */
    connection,
  }),
});
export const discardProvisioning = operation({
  id: 'discardProvisioning',
  method: 'DELETE',
  path: `${base}/plans/:provisioningId`,
  tag,
  access: 'signed-in',
  status: 204,
  summary: 'Forget a plan and its keys',
  params: onePlan,
});
export const getProvisioned = operation({
  id: 'getProvisioned',
  method: 'GET',
  path: base,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'What Windlass has made or changed for a connection',
  params: one,
  response: z.object({
    items: z.array(
      z.object({
        kind: z.enum(provisioningKinds),
        name: z.string(),
        /** True: it was not there before. */
        made: z.boolean(),
        at: timestamp,
      }),
    ),
  }),
});
export const undoProvisioning = operation({
  id: 'undoProvisioning',
  method: 'POST',
  path: `${base}/undo`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Remove what Windlass made for a connection, and put back what it changed',
  description:
    'In reverse order, with administrator keys that are used for this call alone. Nothing is touched that was changed since, and a bucket that holds objects stays. `dryRun` shows the steps and does nothing. The connection itself stays.',
  params: one,
  body: z.object({ admin: accessKeyCredentials, dryRun: z.boolean().default(true) }),
  response: z.object({ done: z.boolean(), steps: z.array(undoStep) }),
});
