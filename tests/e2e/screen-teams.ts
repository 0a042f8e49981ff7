import {
  createApiKey,
  createConnection,
  createDrop,
  createInvitation,
  createSource,
  createTeam,
  getMe,
  listConnections,
  listDrops,
  listOrders,
  listSources,
  signIn,
  type Operation,
} from '@windlass/contract';

/** A team to photograph, with one of each thing that it has. */
export interface PreparedTeam {
  kind: 'full' | 'empty' | 'long';
  teamId: string;
  connectionId: string | null;
  sourceId: string | null;
  dropId: string | null;
  /** Of the same order page: what its public address ends in. */
  dropName: string | null;
  orderId: string | null;
}

const longSlug = (first: string) => `${first}-${'very-long-name-'.repeat(5)}`.slice(0, 62).replace(/-$/, 'x');
const longWord = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

interface Client {
  send: (operation: Operation, params: Record<string, string>, body?: unknown) => Promise<unknown>;
}

const createClient = async (
  base: string,
  credentials: { email: string; password: string },
): Promise<Client> => {
  let cookie = '';
  const send: Client['send'] = async (operation, params, body) => {
    const path = operation.path.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? '');
    const response = await fetch(base + path, {
      method: operation.method,
      headers: {
        origin: base,
        cookie,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      signal: AbortSignal.timeout(30_000),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${operation.id} answered ${response.status}: ${text}`);
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return operation.response?.parse(JSON.parse(text));
  };
  await send(signIn, {}, credentials);
  return { send };
};

/** Tells what could not be made and goes on: a picture less is better than none. */
const attempt = async (what: Promise<unknown>): Promise<unknown> => {
  try {
    return await what;
  } catch (error) {
    console.warn(error instanceof Error ? error.message : error);
    return undefined;
  }
};

/** The longest texts of an order page: title, questions, options, texts between them. */
const longDrop = (connectionId: string) => ({
  name: longSlug('drop'),
  connectionId,
  title: `${longWord} ${longWord}`.slice(0, 120),
  text: `${longWord} `.repeat(20),
  consentText: `${longWord} `.repeat(10),
  retentionDays: 3650,
  notifyEmails: [`${'long.address.'.repeat(4)}x@example.com`],
  closesAt: '2030-12-31T23:00:00.000Z',
  lateHours: 1440,
  fields: (['order', 'file'] as const).flatMap((scope) => [
    {
      kind: 'choice',
      id: `${scope}_choice`,
      label: longWord.slice(0, 120),
      scope,
      required: true,
      options: [{ value: 'long', label: longWord.slice(0, 120) }],
    },
    { kind: 'text', id: `${scope}_text`, label: `${longWord} `.repeat(2).trim().slice(0, 120), scope },
  ]),
});

const fillLong = async ({ send }: Client, teamId: string): Promise<void> => {
  const bucket = 'b'.repeat(63);
  const settings = {
    provider: 'other',
    bucket,
    endpoint: `https://${'a-very-long-label-of-a-host.'.repeat(6)}example.com`,
    addressing: 'path',
    prefix: 'a-long-folder-name/'.repeat(25),
    jobs: ['deliver', 'ingest'],
  };
  const made = createConnection.response.safeParse(
    await attempt(send(createConnection, { teamId }, { ...settings, name: longSlug('long') })),
  );
  for (const name of ['old-archive', 'holiday-photos', 'scans', 'studio', 'press-kit']) {
    const credentials = { accessKeyId: 'AKIAEXAMPLEEXAMPLE', secretAccessKey: 'example-secret-for-pictures' };
    await attempt(
      send(
        createConnection,
        { teamId },
        { ...settings, name, bucket: `${name}-2026`, prefix: '', credentials },
      ),
    );
  }
  if (made.success) {
    const source = { connectionId: made.data.id, prefix: 'a-long-folder-name/'.repeat(20) };
    await attempt(send(createSource, { teamId }, { ...source, name: longSlug('x'), secured: true }));
    await attempt(send(createDrop, { teamId }, longDrop(made.data.id)));
  }
  await attempt(
    send(
      createInvitation,
      { teamId },
      { role: 'admin', email: `${'long.address.'.repeat(14)}x@example.com`.slice(-120) },
    ),
  );
  await attempt(send(createInvitation, { teamId }, { role: 'member' }));
  const scopes = ['team:write', 'connections:write', 'sources:write'];
  await attempt(send(createApiKey, { teamId }, { name: longWord.slice(0, 80), scopes }));
};

/**
 * Finds or makes the three teams: the first one as it is, an empty one, one with the longest texts.
 *
 * @throws when signing in fails.
 */
export const prepareTeams = async (
  base: string,
  credentials: { email: string; password: string },
): Promise<PreparedTeam[]> => {
  const client = await createClient(base, credentials);
  const { memberships } = getMe.response.parse(await client.send(getMe, {}));
  const [first] = memberships;
  if (first === undefined) throw new Error('the account is in no team');
  const names = { empty: 'Empty', long: longWord.slice(0, 80) } as const;
  const find = async (kind: 'empty' | 'long'): Promise<string> => {
    const known = memberships.find(({ teamName }) => teamName === names[kind]);
    if (known !== undefined) return known.teamId;
    const made = createTeam.response.parse(await client.send(createTeam, {}, { name: names[kind] }));
    if (kind === 'long') await fillLong(client, made.id);
    return made.id;
  };
  const teams: PreparedTeam[] = [];
  for (const kind of ['full', 'empty', 'long'] as const) {
    const teamId = kind === 'full' ? first.teamId : await find(kind);
    const connections = listConnections.response.parse(await client.send(listConnections, { teamId }));
    const sources = listSources.response.parse(await client.send(listSources, { teamId }));
    const drops = listDrops.response.parse(await client.send(listDrops, { teamId }));
    const orders = listOrders.response.parse(await client.send(listOrders, { teamId }));
    teams.push({
      kind,
      teamId,
      connectionId: connections.items[0]?.id ?? null,
      sourceId: sources.items[0]?.id ?? null,
      dropId: drops.items[0]?.id ?? null,
      dropName: drops.items[0]?.name ?? null,
      orderId: orders.items[0]?.id ?? null,
    });
  }
  return teams;
};
