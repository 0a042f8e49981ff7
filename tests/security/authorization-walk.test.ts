import { operations, orderId, teamId, type Scope } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Program } from '../../apps/server/src/compose.ts';
import { insertOrderMail } from '../../apps/server/src/features/drops/mails/mail-store.ts';
import { startComposedProgram, type ComposedProgram } from '../support/composed-program.ts';
import { owner } from '../support/owner.ts';
import { bodyIdNames, createCaller, type Answer, type Caller, type Ids } from './authorization/caller.ts';
import { readCalls, type DescribedCall } from './authorization/openapi-calls.ts';
import {
  allowedEndpoint,
  allScopes,
  makeTwoTeams,
  mark,
  type TwoTeams,
  type WriteMail,
} from './authorization/two-teams.ts';

// The walk is made of the OpenAPI document: a new call is in it without a change here. These are the exceptions to
// two rules: what changes anything needs at least an admin, and a connection belongs to the owners. A purge loses
// nothing: whoever replaces a picture may throw the old one away. Orders and uploads are everybody's work.
const changesNothing = new Set([
  'buildImageUrl',
  'tryEmbeddedRequest',
  'signOrderFiles',
  'signDownloads',
  'createZip',
]);
const membersMay = new Set([
  'purgeSource',
  'createUploadGrant',
  'revokeUploadGrant',
  'abortTransfer',
  'setOrderState',
  'addOrderNote',
  'retryOrderMail',
  'cloneOrder',
  'zipOrder',
]);
// The embedded bucket is off here: owners learn that it is not there. That it opens for the owners of its own team
// alone is shown beside the feature.
const embedded = 'embedded-bucket';
const ownersOnly = (call: DescribedCall): boolean =>
  call.id === 'updateTeam' ||
  call.noun === embedded ||
  (call.noun === 'connections' && call.method !== 'GET' && !transfersOf.has(call.id));

/** Theirs does not answer. */
const asksABucket = new Set(['listSourceObjects', 'listConnectionObjects']);
/** Reads what is in a bucket, for which connections' own scopes do not do. */
const transfersOf = new Set(['listConnectionObjects', 'signDownloads', 'createZip']);

const calls = await readCalls();
const inTeam = calls.filter((call) => call.inTeam);
const isRead = (call: DescribedCall): boolean => call.method === 'GET' || changesNothing.has(call.id);
/** The noun of the scopes that guard a call: what lies directly below a team is the team's own. */
const nounOf = ({ id, noun }: DescribedCall): string => {
  if (transfersOf.has(id)) return 'transfers';
  const guarded = noun === null ? 'team' : (guardedAs[noun] ?? noun);
  return allScopes.some((scope) => scope.startsWith(`${guarded}:`)) ? guarded : 'team';
};
/** Nouns that share the scopes of another. */
const guardedAs: Readonly<Record<string, string>> = {
  [embedded]: 'connections',
  'upload-grants': 'transfers',
  orders: 'drops',
  'order-states': 'drops',
  'order-costs': 'drops',
  'order-counts': 'drops',
};
const named = (some: DescribedCall[]): [string, DescribedCall][] =>
  some.map((call) => [`${call.method} ${call.path}`, call]);
/** A refusal that does not tell whether the thing is there. */
const isHidden = ({ status }: Answer): boolean => status === 403 || status === 404;
const isRefused = ({ status }: Answer): boolean => status >= 400 && status < 500;

let composed: ComposedProgram;
let program: Program;
let teams: TwoTeams;
/** Made once: keys with one scope, and one with all. */
const keys = new Map<Scope | 'all', Caller>();

const writeMail: WriteMail = async (team, order, recipient) => {
  const mail = await insertOrderMail(composed.db, {
    teamId: teamId.parse(team),
    orderId: orderId.parse(order),
    kind: 'received',
    aboutState: null,
    recipient,
    createdAt: new Date(),
  });
  await composed.db.updateTable('orderMails').set({ state: 'failed' }).where('id', '=', mail).execute();
  return mail;
};

beforeAll(async () => {
  composed = await startComposedProgram({
    WINDLASS_ALLOW_ENDPOINTS: allowedEndpoint,
    WINDLASS_REQUESTS_PER_MINUTE: '100000',
  });
  ({ program } = composed);
  teams = await makeTwoTeams(program.addresses.publicUrl, owner, writeMail);
  for (const scope of allScopes) keys.set(scope, await teams.ours.key([scope]));
  keys.set('all', await teams.ours.key(allScopes));
});

afterAll(() => composed?.[Symbol.asyncDispose]());

const key = (scope: Scope | 'all'): Caller => {
  const caller = keys.get(scope);
  if (caller === undefined) throw new Error(`No key with ${scope}.`);
  return caller;
};

test('the document has every call of the contract, and opens to strangers only what the contract does', () => {
  expect(calls.length).toBeGreaterThan(30);
  expect(calls.map(({ id }) => id).toSorted()).toEqual(operations.map(({ id }) => id).toSorted());
  expect(
    calls
      .filter(({ isPublic }) => isPublic)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(
    operations
      .filter(({ access }) => access === 'public')
      .map(({ id }) => id)
      .toSorted(),
  );
});

describe('a stranger', () => {
  test.each(named(calls.filter(({ isPublic }) => !isPublic)))(
    'is asked to sign in by %s',
    async (_, call) => {
      const { publicUrl } = program.addresses;
      for (const stranger of [
        createCaller(publicUrl),
        createCaller(publicUrl, { cookie: 'windlass_session=invented' }),
        createCaller(publicUrl, { key: 'wk_invented' }),
      ]) {
        expect((await stranger.perform(call, teams.theirs.ids)).status).toBe(401);
      }
    },
  );
});

describe('the ids are real: their own owner is let in by', () => {
  test.each(named(inTeam.filter(({ method }) => method === 'GET')))('%s', async (_, call) => {
    const { status } = await teams.theirs.owner.perform(call, teams.theirs.ids);
    // Their bucket does not answer; that is not the walk's business.
    expect(asksABucket.has(call.id) ? [200, 424] : [200]).toContain(status);
  });
});

/** Every mix in which at least one id of the path is of the other team. */
const mixes = (call: DescribedCall): Ids[] =>
  call.pathNames
    .filter((name) => name !== 'provider')
    .map((foreign) => ({ ...teams.ours.ids, [foreign]: teams.theirs.ids[foreign] ?? '' }));

/** A page is shown to whoever has its name, and an order's status to whoever has its link. */
const isForEverybody = ({ path }: DescribedCall): boolean => /^\/api\/v1\/order-(pages|status)\//.test(path);

/** Whoever has an upload grant, and nobody else. */
const isOfHolder = ({ path }: DescribedCall): boolean => path.startsWith('/api/v1/uploads');

describe('people and keys of one team, with ids of another, get nothing from', () => {
  test.each(named(calls.filter((call) => call.pathNames.length > 0 && !isForEverybody(call))))(
    '%s',
    async (_, call) => {
      const outside = isOfHolder(call) ? [teams.ours.holder] : [teams.ours.owner];
      const callers = call.inTeam ? [teams.ours.owner, key('all')] : outside;
      for (const caller of callers) {
        for (const ids of [{ ...teams.theirs.ids }, ...mixes(call)]) {
          const answer = await caller.perform(call, ids, teams.ours.ids);
          expect(answer).toSatisfy(isHidden);
          expect(answer.text.toLowerCase()).not.toContain(mark);
        }
      }
    },
  );

  test.each(named(inTeam.filter((call) => bodyIdNames(call).length > 0)))(
    '%s (in the body)',
    async (_, call) => {
      const answer = await teams.ours.owner.perform(call, teams.ours.ids, teams.theirs.ids);
      expect(answer).toSatisfy(isRefused);
      expect(answer.text.toLowerCase()).not.toContain(mark);
    },
  );

  const queried = inTeam.flatMap((call) =>
    call.queryNames
      .filter((name) => name.endsWith('Id'))
      .map((name) => [`${call.path}?${name}`, call, name] as const),
  );
  test.each(queried)('%s', async (_, call, name) => {
    const foreign = { [name]: teams.theirs.ids[name] ?? '' };
    const answer = await teams.ours.owner.query(call, teams.ours.ids, foreign);
    expect(answer).toSatisfy(({ status }: Answer) => status < 500);
    expect(answer.text.toLowerCase()).not.toContain(mark);
  });
});

describe('a member', () => {
  test.each(named(inTeam.filter((call) => !isRead(call) && !membersMay.has(call.id))))(
    'may not %s',
    async (_, call) => {
      expect(await teams.ours.member.perform(call, teams.ours.ids)).toSatisfy(isHidden);
    },
  );

  test.each(named(inTeam.filter(({ id }) => membersMay.has(id))))('may %s', async (_, call) => {
    // What is asked for may not be possible just now; but it is not refused for who asks.
    expect(await teams.ours.member.perform(call, teams.ours.ids)).not.toSatisfy(isHidden);
  });
});

describe('an admin', () => {
  test.each(named(inTeam.filter(ownersOnly)))('may not %s', async (_, call) => {
    expect(await teams.ours.admin.perform(call, teams.ours.ids)).toSatisfy(isHidden);
  });
});

describe('an API key', () => {
  test.each(named(inTeam))('with the scopes of other nouns may not %s', async (_, call) => {
    const others = allScopes.filter((scope) => !scope.startsWith(`${nounOf(call)}:`));
    expect(others.length).toBeGreaterThan(0);
    for (const scope of others) {
      expect(await key(scope).perform(call, teams.ours.ids)).toMatchObject({
        status: 403,
        text: expect.stringContaining('"missingScope"'),
      });
    }
  });

  test.each(named(inTeam.filter((call) => !isRead(call))))(
    'that may only read may not %s',
    async (_, call) => {
      const scope = allScopes.find((one) => one === `${nounOf(call)}:read`);
      if (scope === undefined) throw new Error(`There is no scope ${nounOf(call)}:read.`);
      expect((await key(scope).perform(call, teams.ours.ids)).status).toBe(403);
    },
  );

  test.each(named(calls.filter((call) => !call.inTeam && !call.isPublic && call.id !== 'listTeams')))(
    'is no person, and may not %s',
    async (_, call) => {
      expect((await key('all').perform(call, teams.ours.ids)).status).toBe(403);
    },
  );
});

describe('after all this', () => {
  test('both teams are whole', async () => {
    for (const { owner: caller, ids } of [teams.ours, teams.theirs]) {
      for (const call of inTeam.filter(({ method, pathNames }) => method === 'GET' && pathNames.length > 1)) {
        if (asksABucket.has(call.id)) continue;
        expect((await caller.perform(call, ids)).status).toBe(200);
      }
    }
  });
});
