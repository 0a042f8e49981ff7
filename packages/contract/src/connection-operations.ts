import { z } from 'zod';
import { checkReport, connectionStates, checkTriggers } from './checks.ts';
import { connection } from './connections.ts';
import { accessKeyCredentials, credentialsInput } from './credentials.ts';
import { connectionEventId, connectionId, teamId } from './ids.ts';
import { listOf, listQuery, timestamp } from './lists.ts';
import { operation } from './operation.ts';

const tag = 'Connections';
const one = z.object({ teamId, connectionId });
const base = '/api/v1/teams/:teamId/connections/:connectionId';

export const replaceCredentials = operation({
  id: 'replaceCredentials',
  method: 'PUT',
  path: `${base}/credentials`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Overwrite the credentials',
  description:
    'The new ones are checked first; unless every needed row is ok the old ones stay and the answer is `checkFailed` with the failed rows in `errors`. `force` saves them all the same. Ends a rotation that is under way.',
  params: one,
  body: z.intersection(credentialsInput, z.object({ force: z.boolean().default(false) })),
  response: connection,
});

export const startRotation = operation({
  id: 'startRotation',
  method: 'POST',
  path: `${base}/rotation`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Give a second key; it is checked and kept beside the first',
  params: one,
  body: accessKeyCredentials,
  response: connection,
});
export const promoteRotation = operation({
  id: 'promoteRotation',
  method: 'POST',
  path: `${base}/rotation/promote`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Use the second key from now on; the first is kept until it is retired',
  params: one,
  response: connection,
});
export const retireRotation = operation({
  id: 'retireRotation',
  method: 'POST',
  path: `${base}/rotation/retire`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Forget the first key, once the provider refuses it',
  description:
    'Tries the old key: while the bucket still accepts it the answer is `conflict`, because a key that works and that nobody watches is a risk. `force` forgets it all the same.',
  params: one,
  body: z.object({ force: z.boolean().default(false) }),
  response: connection,
});
export const cancelRotation = operation({
  id: 'cancelRotation',
  method: 'DELETE',
  path: `${base}/rotation`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Go back to the first key',
  params: one,
  response: connection,
});

export const checkConnection = operation({
  id: 'checkConnection',
  method: 'POST',
  path: `${base}/check`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Check a connection now: what the credentials can, against what its jobs need',
  description:
    'Probes with the real credentials and leaves nothing behind: the one key `<prefix>.windlass-probe` is written, read and deleted only where the rights allow all three.',
  params: one,
  response: checkReport,
});

/** What the page's own browser tries, to see CORS as it really is. */
export const browserProbeSteps = ['put', 'get'] as const;
export const startBrowserProbe = operation({
  id: 'startBrowserProbe',
  method: 'POST',
  path: `${base}/browser-probe`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Pre-signed requests for the page to try from its own origin',
  description:
    'The page sends them with fetch and reports what it saw. The server clears up, reported or not.',
  params: one,
  response: z.object({
    token: z.string(),
    expiresAt: timestamp,
    requests: z.array(
      z.object({
        step: z.enum(browserProbeSteps),
        method: z.enum(['PUT', 'GET']),
        url: z.string(),
        headers: z.record(z.string(), z.string()),
        body: z.string().nullable(),
        /** Statuses that prove that the request came through. */
        expect: z.array(z.int()),
      }),
    ),
    /** Why a step is not among them. */
    left: z.array(z.object({ step: z.enum(browserProbeSteps), reason: z.string() })),
  }),
});
export const finishBrowserProbe = operation({
  id: 'finishBrowserProbe',
  method: 'POST',
  path: `${base}/browser-probe/results`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'What the page saw; the rows become part of the last check',
  params: one,
  body: z.object({
    token: z.string().max(4096),
    results: z
      .array(
        z.object({
          step: z.enum(browserProbeSteps),
          /** Null where the browser gave no answer to read: refused by CORS, or unreachable. */
          status: z.int().min(100).max(599).nullable(),
          /** What the page could read of the ETag header. */
          etag: z.string().max(200).nullable(),
          durationMilliseconds: z.int().min(0).max(600_000),
        }),
      )
      .max(browserProbeSteps.length),
  }),
  response: checkReport,
});

export const connectionEvent = z
  .object({
    id: connectionEventId,
    at: timestamp,
    from: z.enum(connectionStates),
    to: z.enum(connectionStates),
    trigger: z.enum([...checkTriggers, 'change']),
    /** The row that explains it best, in its own words; empty when it is well again. */
    cause: z.string(),
  })
  .meta({ id: 'ConnectionEvent' });
export type ConnectionEventEntry = z.infer<typeof connectionEvent>;

export const listConnectionEvents = operation({
  id: 'listConnectionEvents',
  method: 'GET',
  path: `${base}/events`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'Changes of state, newest first',
  params: one,
  query: listQuery,
  response: listOf(connectionEvent),
});

export const getConnectionSetup = operation({
  id: 'getConnectionSetup',
  method: 'GET',
  path: `${base}/setup`,
  tag,
  access: 'signed-in',
  status: 200,
  summary: 'The facts that policies, trust policies and CORS rules for this connection are made of',
  params: one,
  response: z.object({
    externalId: z.string(),
    /** ARN that assumes roles for this server; null where the operator has set none. */
    platformPrincipal: z.string().nullable(),
    /** Our OIDC issuer for AssumeRoleWithWebIdentity; null where this server has no public https address. */
    webIdentity: z.object({ issuer: z.string(), audience: z.string(), subject: z.string() }).nullable(),
    /** Origins of our pages, for CORS. */
    origins: z.array(z.string()),
  }),
});
