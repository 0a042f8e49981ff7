import { scopes, type Role, type Scope } from '@windlass/contract';
import { z } from 'zod';
import { newId } from '../../../apps/server/src/kernel/new-id.ts';
import { createCaller, type Caller, type Ids } from './caller.ts';

/** In every name of the other team, so that an answer which names any of it is seen. */
export const mark = 'zebra';

const closedEndpoint = 'http://127.0.0.1:9';
export const allowedEndpoint = '127.0.0.1:9';
const password = 'a windlass lifts the bucket';

export interface Team {
  owner: Caller;
  /** Of an upload grant, and nobody else. */
  holder: Caller;
  /** One of each noun of this team, by the name that paths give its id. */
  ids: Ids;
}

export interface TwoTeams {
  ours: Team & { admin: Caller; member: Caller; key(scope: readonly Scope[]): Promise<Caller> };
  /** Nobody of ours is in it. */
  theirs: Team;
}

const withId = z.looseObject({ id: z.string() });
const items = z.looseObject({ items: z.array(withId) });

/** Sends what must succeed, and reads the answer. */
const make = async <Schema extends z.ZodType>(
  caller: Caller,
  method: string,
  path: string,
  body: object | null,
  schema: Schema,
): Promise<z.output<Schema>> => {
  const { status, text } = await caller.send(method, path, body);
  if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
  return schema.parse(JSON.parse(text));
};

const invite = async (owner: Caller, teamId: string, role: Role): Promise<string> => {
  const path = `/api/v1/teams/${teamId}/invitations`;
  const { url } = await make(owner, 'POST', path, { role }, z.looseObject({ url: z.string() }));
  return new URL(url).hash.slice('#token='.length);
};

const join = async (
  origin: string,
  owner: Caller,
  teamId: string,
  role: Role,
  name: string,
): Promise<Caller> => {
  const person = createCaller(origin);
  const account = { email: `${name}@example.com`, name, password };
  const token = await invite(owner, teamId, role);
  await make(person, 'POST', '/api/v1/invitations/accept', { token, account }, z.unknown());
  return person;
};

/** Mails are written of orders that were sent, for which a bucket has to answer: this one is written by hand. */
export type WriteMail = (teamId: string, orderId: string, recipient: string) => Promise<string>;

/** One of each noun. A new noun gets its line here; until then the walk fails and says so. */
const fillTeam = async (
  { origin, owner, writeMail }: { origin: string; owner: Caller; writeMail: WriteMail },
  teamId: string,
  name: string,
  userId: string,
): Promise<Pick<Team, 'ids' | 'holder'>> => {
  const team = `/api/v1/teams/${teamId}`;
  await make(owner, 'PATCH', team, { name }, z.unknown());
  const connection = await make(
    owner,
    'POST',
    `${team}/connections`,
    {
      name: `${name}-connection`,
      provider: 'other',
      bucket: `${name}-bucket`,
      endpoint: closedEndpoint,
      addressing: 'path',
      jobs: ['deliver', 'ingest'],
      credentials: { accessKeyId: `${name}KEY`, secretAccessKey: `${name}-secret-access-key` },
    },
    withId,
  );
  const { source } = await make(
    owner,
    'POST',
    `${team}/sources`,
    { name: `${name}-source`, connectionId: connection.id, secured: true },
    z.looseObject({ source: withId }),
  );
  await make(owner, 'POST', `${team}/sources/${source.id}/purges`, { scope: 'path', value: name }, withId);
  const { webhook } = await make(
    owner,
    'POST',
    `${team}/webhooks`,
    { url: `${closedEndpoint}/${name}` },
    z.looseObject({ webhook: withId }),
  );
  const delivery = await make(owner, 'POST', `${team}/webhooks/${webhook.id}/test`, null, withId);
  const { apiKey } = await make(
    owner,
    'POST',
    `${team}/api-keys`,
    { name: `${name} key`, scopes: ['team:read'] },
    z.looseObject({ apiKey: withId }),
  );
  const { invitation } = await make(
    owner,
    'POST',
    `${team}/invitations`,
    { role: 'member', email: `${name}-invited@example.com` },
    z.looseObject({ invitation: withId }),
  );
  const dropName = `${name}-drop`;
  const drop = await make(
    owner,
    'POST',
    `${team}/drops`,
    { name: dropName, connectionId: connection.id, title: `${name} prints`, challenge: 'none' },
    withId,
  );
  // A customer's draft: to send it, its files would have to be in a bucket that answers.
  const started = z.looseObject({ statusUrl: z.string() });
  const { statusUrl } = await make(owner, 'POST', `/api/v1/order-pages/${dropName}/orders`, {}, started);
  const orders = await make(owner, 'GET', `${team}/orders?drafts=true`, null, items);
  const orderId = orders.items[0]?.id ?? '';
  const note = await make(owner, 'POST', `${team}/orders/${orderId}/notes`, { text: name }, withId);
  const { grant, token } = await make(
    owner,
    'POST',
    `${team}/upload-grants`,
    { connectionId: connection.id },
    z.looseObject({ grant: withId, token: z.string() }),
  );
  // Of a file that goes in one PUT no bucket is asked.
  const holder = createCaller(origin, { key: token });
  const { results } = await make(
    holder,
    'POST',
    '/api/v1/uploads',
    { files: [{ name: `${name}.jpg`, size: 5 }] },
    z.looseObject({ results: z.array(z.looseObject({ upload: withId })) }),
  );
  const sessions = await make(owner, 'GET', '/api/v1/sessions', null, items);
  const ids = {
    teamId,
    userId,
    connectionId: connection.id,
    cacheConnectionId: connection.id,
    sourceId: source.id,
    webhookId: webhook.id,
    deliveryId: delivery.id,
    // No id of anybody's: providers are the same for all.
    provider: 'aws',
    dropId: drop.id,
    dropName,
    orderId,
    orderNoteId: note.id,
    orderMailId: await writeMail(teamId, orderId, `${name}@example.com`),
    statusToken: statusUrl.split('/').at(-1) ?? '',
    // A plan is in the memory of a process and made by reading a bucket that answers: this one is in nobody's. That a real
    // one is its own team's alone is shown beside the feature.
    provisioningId: newId('prv'),
    uploadGrantId: grant.id,
    transferId: results[0]?.upload.id ?? '',
    apiKeyId: apiKey.id,
    invitationId: invitation.id,
    sessionId: sessions.items[0]?.id ?? '',
    // The embedded bucket knows its things by name.
    userName: `${name}-user`,
    roleName: `${name}-role`,
    holder: 'users',
    holderName: `${name}-user`,
    policyName: `${name}-policy`,
    bucketName: `${name}-bucket`,
    accessKeyId: `${name}KEY`,
  };
  return { ids, holder };
};

const me = z.looseObject({
  user: withId,
  memberships: z.array(z.looseObject({ teamId: z.string(), role: z.string() })),
});

/** Two teams with one of everything, and people of every role in ours. */
export const makeTwoTeams = async (
  origin: string,
  owner: { email: string; password: string },
  writeMail: WriteMail,
): Promise<TwoTeams> => {
  const ourOwner = createCaller(origin);
  const { user, memberships } = await make(ourOwner, 'POST', '/api/v1/sessions', owner, me);
  const ourTeam = memberships[0]?.teamId ?? '';
  const ours = await fillTeam({ origin, owner: ourOwner, writeMail }, ourTeam, 'horse', user.id);

  // A third team is their way in: the people of the two share no team that the walk touches.
  const door = await make(ourOwner, 'POST', '/api/v1/teams', { name: 'door' }, withId);
  const theirOwner = await join(origin, ourOwner, door.id, 'member', mark);
  const theirTeam = await make(theirOwner, 'POST', '/api/v1/teams', { name: mark }, withId);
  const they = await make(theirOwner, 'GET', '/api/v1/me', null, me);
  const theirs = await fillTeam({ origin, owner: theirOwner, writeMail }, theirTeam.id, mark, they.user.id);

  return {
    ours: {
      owner: ourOwner,
      ...ours,
      admin: await join(origin, ourOwner, ourTeam, 'admin', 'an-admin'),
      member: await join(origin, ourOwner, ourTeam, 'member', 'a-member'),
      key: async (held) => {
        const made = await make(
          ourOwner,
          'POST',
          `/api/v1/teams/${ourTeam}/api-keys`,
          { name: 'a key of the walk', scopes: held },
          z.looseObject({ secret: z.string() }),
        );
        return createCaller(origin, { key: made.secret });
      },
    },
    theirs: { owner: theirOwner, ...theirs },
  };
};

export const allScopes: readonly Scope[] = scopes;
