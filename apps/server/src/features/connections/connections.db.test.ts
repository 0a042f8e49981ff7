import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { CheckReport, Connection } from '@windlass/contract';
import { createConnection, createSource } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { randomBytes } from 'node:crypto';
import { createTeamScene, type TeamScene } from '../../../../../tests/support/team-scene.ts';
import { verifyKeyring, retireCanaries } from '../../platform/crypto/keyring-canary.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createVault } from '../../platform/crypto/vault.ts';
import { systemClock } from '../../kernel/clock.ts';

let scene: TeamScene;
beforeAll(async () => {
  scene = await createTeamScene();
});
afterAll(() => scene[Symbol.asyncDispose]());

let count = 0;
const settings = (changes: Record<string, unknown> = {}) =>
  createConnection.body.parse({
    name: `photos-${(count += 1)}`,
    provider: 'other',
    bucket: 'photos',
    endpoint: scene.bucket.url,
    addressing: 'path',
    jobs: ['gallery'],
    credentials: scene.credentials,
    ...changes,
  });
const create = (changes: Record<string, unknown> = {}): Promise<Connection> =>
  scene.connections.create(scene.actors.owner, scene.teamId, settings(changes));
const check = (connection: Connection): Promise<CheckReport> =>
  scene.connections.checks.check(scene.actors.owner, at(connection));
const statesOf = (report: CheckReport) => Object.fromEntries(report.rows.map(({ id, state }) => [id, state]));
const idsOf = (report: CheckReport, wanted: string) =>
  report.rows.filter(({ state }) => state === wanted).map(({ id }) => id);
const causeOf = (report: CheckReport, id: string) => report.rows.find((row) => row.id === id)?.cause;
const errorOf = (promise: Promise<unknown>): Promise<{ code: string; errors?: { path: string }[] }> =>
  promise.then(
    () => Promise.reject(new Error('was expected to fail')),
    (error: { code: string }) => error,
  );
const at = (connection: Connection) => ({ teamId: scene.teamId, connectionId: connection.id });
const anyMatch = () => {};
const signal = AbortSignal.timeout(60_000);

describe('the check', () => {
  it('finds nothing missing on a bucket that is right, and leaves nothing behind', async () => {
    const connection = await create({ prefix: 'team/' });
    expect(connection).toMatchObject({ state: 'unverified', sourceCount: 0, lastCheck: null });
    const report = await check(connection);
    expect(report).toMatchObject({ state: 'active', trigger: 'person', correctedRegion: null });
    expect(idsOf(report, 'missing')).toEqual([]);
    expect(idsOf(report, 'failed')).toEqual([]);
    expect(idsOf(report, 'unknown')).toEqual(['browserPut', 'browserGet', 'browserEtag']);
    const bucket = await scene.connections.openBucket(scene.teamId, connection.id);
    expect((await bucket.listObjects({ signal })).objects).toEqual([]);
    const shown = await scene.connections.show(scene.actors.member, scene.teamId, connection.id);
    expect(shown).toMatchObject({ state: 'active', lastCheck: report });
  });

  it.each([
    ['the secret', { secretAccessKey: 'x'.repeat(40) }, 'credentials', 'secret'],
    ['the key id', { accessKeyId: 'AKIANOBODYKNOWSTHIS1' }, 'credentials', 'does not exist here'],
  ])('says that %s is wrong, and tries nothing further', async (_, wrong, row, words) => {
    const report = await check(await create({ credentials: { ...scene.credentials, ...wrong } }));
    expect(report.state).toBe('inaccessible');
    expect(statesOf(report)).toMatchObject({ reach: 'ok', [row]: 'failed', list: 'unknown', put: 'unknown' });
    expect(causeOf(report, row)).toContain(words);
  });

  it('says that there is no such bucket', async () => {
    const report = await check(await create({ bucket: 'nowhere' }));
    expect(statesOf(report)).toMatchObject({ credentials: 'ok', list: 'failed', put: 'unknown' });
    expect(report.state).toBe('inaccessible');
    expect(report.rows.find(({ id }) => id === 'list')?.details).toMatchObject({
      code: 'NoSuchBucket',
      httpStatus: 404,
    });
  });

  it('finds the region by itself and saves it', async () => {
    const connection = await create({ region: 'eu-west-7' });
    const report = await check(connection);
    expect(report).toMatchObject({ state: 'active', correctedRegion: 'us-east-1' });
    const shown = await scene.connections.show(scene.actors.owner, scene.teamId, connection.id);
    expect(shown.region).toBe('us-east-1');
    const bucket = await scene.connections.openBucket(scene.teamId, connection.id);
    await expect(bucket.listObjects({ signal })).resolves.toBeDefined();
  });

  it('says that nothing listens', async () => {
    const server = createTcpServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    // A TCP server's address is an AddressInfo.
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const report = await check(await create({ endpoint: `http://127.0.0.1:${port}` }));
    expect(report.state).toBe('inaccessible');
    expect(statesOf(report)).toMatchObject({ reach: 'failed', credentials: 'unknown' });
  });

  it('says that the port does not speak TLS', async () => {
    const report = await check(await create({ endpoint: scene.bucket.url.replace('http:', 'https:') }));
    expect(causeOf(report, 'reach')).toContain('TLS');
  });

  it('refuses another user’s bucket, as far as a right is concerned', async () => {
    const stranger = await scene.bucket.ensureUser({ name: 'stranger' });
    const { accessKeyId, secretAccessKey } = stranger;
    const report = await check(await create({ credentials: { accessKeyId, secretAccessKey } }));
    expect(report.state).toBe('inaccessible');
    expect(statesOf(report)).toMatchObject({ list: 'missing', put: 'missing', delete: 'missing' });
  });

  it('says that credentials are missing and stays incomplete', async () => {
    const report = await check(await create({ credentials: undefined }));
    expect(statesOf(report)).toMatchObject({ reach: 'ok', credentials: 'failed', list: 'unknown' });
    expect(report.state).toBe('incomplete');
  });

  it('may run many times at once', async () => {
    const connection = await create();
    const twin = await create({ prefix: '' });
    const reports = await Promise.all([connection, twin, connection, twin, connection].map(check));
    expect(reports.map(({ state }) => state)).toEqual(Array(5).fill('active'));
  });
});

describe('credentials', () => {
  it('shows a hint, who and when, and never the secret', async () => {
    const connection = await create();
    expect(connection.credentials).toMatchObject({
      accessKeyIdHint: `…${scene.credentials.accessKeyId.slice(-4)}`,
      setBy: 'The owner',
      temporary: false,
    });
    expect(JSON.stringify(connection)).not.toContain(scene.credentials.secretAccessKey);
  });

  it('keeps the old ones until the new ones have passed', async () => {
    const connection = await create();
    await check(connection);
    const good = { kind: 'accessKey' as const, ...scene.credentials };
    const wrong = { ...good, secretAccessKey: 'y'.repeat(40) };
    const replace = (given: typeof wrong, force = false) =>
      scene.connections.replaceCredentials(scene.actors.owner, at(connection), { ...given, force });
    const error = await errorOf(replace(wrong));
    expect(error.code).toBe('checkFailed');
    expect(error.errors?.map(({ path }) => path)).toEqual(['credentials']);
    const bucket = await scene.connections.openBucket(scene.teamId, connection.id);
    await expect(bucket.listObjects({ signal })).resolves.toBeDefined();
    expect((await scene.connections.show(scene.actors.owner, scene.teamId, connection.id)).state).toBe(
      'active',
    );

    expect((await replace(wrong, true)).state).toBe('inaccessible');
    const broken = await scene.connections.openBucket(scene.teamId, connection.id);
    expect((await errorOf(broken.listObjects({ signal }))).code).toBe('originFailed');

    expect((await replace(good)).state).toBe('active');
  });

  it('completes a connection that had none', async () => {
    const connection = await create({ credentials: undefined });
    expect(connection).toMatchObject({ state: 'incomplete', credentials: null });
    const replaced = await scene.connections.replaceCredentials(scene.actors.owner, at(connection), {
      kind: 'accessKey',
      ...scene.credentials,
      force: false,
    });
    expect(replaced.state).toBe('active');
  });
});

describe('editing and deleting', () => {
  it('makes a connection unverified when its bucket moves, and not when its name does', async () => {
    const connection = await create();
    await check(connection);
    const edit = (given: object) =>
      scene.connections.edit(scene.actors.owner, at(connection), given, anyMatch);
    expect(await edit({ name: 'renamed' })).toMatchObject({
      name: 'renamed',
      state: 'active',
      bucket: 'photos',
    });
    expect(await edit({ prefix: '' })).toMatchObject({ state: 'active' });
    expect(await edit({ prefix: 'a/' })).toMatchObject({
      state: 'unverified',
      lastCheck: null,
      prefix: 'a/',
    });
  });

  it('hands the caller’s precondition what GET would answer', async () => {
    const connection = await create();
    let seen: Connection | null = null;
    const failing = scene.connections.edit(
      scene.actors.owner,
      at(connection),
      { name: 'other' },
      (current) => {
        seen = current;
        throw new Error('stale');
      },
    );
    await expect(failing).rejects.toThrow('stale');
    expect(seen).toEqual(connection);
    expect(await scene.connections.show(scene.actors.owner, scene.teamId, connection.id)).toEqual(connection);
  });

  it('refuses a name twice in a team', async () => {
    const connection = await create();
    expect((await errorOf(create({ name: connection.name }))).code).toBe('nameTaken');
  });

  it('refuses endpoints that lead inside, at saving and at editing', async () => {
    expect((await errorOf(create({ endpoint: 'http://169.254.169.254' }))).code).toBe('endpointRefused');
    expect((await errorOf(create({ endpoint: 'http://10.0.0.1:9000' }))).code).toBe('endpointRefused');
    expect((await errorOf(create({ endpoint: 'https://example.com/bucket' }))).code).toBe('invalidRequest');
    const connection = await create();
    const edit = scene.connections.edit(
      scene.actors.owner,
      at(connection),
      { endpoint: 'http://[::1]' },
      anyMatch,
    );
    expect((await errorOf(edit)).code).toBe('endpointRefused');
  });

  it('refuses to delete below a source, unless it may take it along', async () => {
    const connection = await create();
    const onIt = createSource.body.parse({ name: 'on-it', connectionId: connection.id });
    const made = await scene.sources.create(scene.actors.admin, scene.teamId, onIt);
    const remove = (cascade: boolean) =>
      scene.connections.delete(scene.actors.owner, at(connection), cascade);
    expect((await errorOf(remove(false))).code).toBe('inUse');
    await remove(true);
    const gone = scene.sources.show(scene.actors.admin, { teamId: scene.teamId, sourceId: made.source.id });
    expect((await errorOf(gone)).code).toBe('notFound');
    expect((await errorOf(scene.connections.openBucket('internal', connection.id))).code).toBe('notFound');
  });

  it('pages through the list', async () => {
    const seen: string[] = [];
    let cursor: string | null | undefined;
    do {
      const page = await scene.connections.list(scene.actors.member, scene.teamId, {
        limit: 3,
        ...(cursor === undefined || cursor === null ? {} : { cursor }),
      });
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.nextCursor;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThan(10);
    expect(seen).toEqual(seen.toSorted());
  });
});

describe('who may', () => {
  it('keeps writing to owners, and everything to the team', async () => {
    const connection = await create();
    const { owner, admin, member, stranger } = scene.actors;
    const { connections, teamId, otherTeamId } = scene;
    for (const actor of [admin, member]) {
      expect((await errorOf(connections.create(actor, teamId, settings()))).code).toBe('forbidden');
      expect((await errorOf(connections.checks.check(actor, at(connection)))).code).toBe('forbidden');
      expect((await errorOf(connections.delete(actor, at(connection), true))).code).toBe('forbidden');
    }
    expect((await errorOf(connections.show(stranger, teamId, connection.id))).code).toBe('notFound');
    // Their own team, our id.
    const theirs = { teamId: otherTeamId, connectionId: connection.id };
    expect((await errorOf(connections.show(stranger, otherTeamId, connection.id))).code).toBe('notFound');
    expect((await errorOf(connections.checks.check(stranger, theirs))).code).toBe('notFound');
    expect((await errorOf(connections.edit(stranger, theirs, { name: 'x' }, anyMatch))).code).toBe(
      'notFound',
    );
    expect((await errorOf(connections.delete(stranger, theirs, true))).code).toBe('notFound');
    expect((await errorOf(connections.openBucket(otherTeamId, connection.id))).code).toBe('notFound');
    expect(await connections.show(owner, teamId, connection.id)).toEqual(connection);
  });

  it('shows another team nothing of a check that is running just now', async () => {
    const connection = await create();
    const running = check(connection);
    const { actors, connections, otherTeamId } = scene;
    const theirs = { teamId: otherTeamId, connectionId: connection.id };
    expect((await errorOf(connections.checks.check(actors.stranger, theirs))).code).toBe('notFound');
    expect((await running).state).toBe('active');
  });
});

describe('the keyring', () => {
  it('is proven by canaries, rotates, and is refused when it is another', async () => {
    await using fresh = await createTeamScene();
    const { db, keyring, vault } = fresh;
    const connection = await fresh.connections.create(
      fresh.actors.owner,
      fresh.teamId,
      createConnection.body.parse({
        ...settings(),
        endpoint: fresh.bucket.url,
        credentials: fresh.credentials,
      }),
    );
    const verify = (ring: typeof keyring) =>
      verifyKeyring({ db, keyring: ring, vault: createVault(ring), clock: systemClock });
    await Promise.all([verify(keyring), verify(keyring)]);
    await verify(keyring);

    const second = randomBytes(32);
    await expect(verify(createKeyring([{ kid: 'k2', key: second }]))).rejects.toThrow('does not have it');
    await expect(verify(createKeyring([{ kid: 'k1', key: second }]))).rejects.toThrow('is not the k1');

    // A row of another team does not open, although key and table are the same.
    const row = await db
      .selectFrom('connections')
      .selectAll()
      .where('id', '=', connection.id)
      .executeTakeFirstOrThrow();
    expect(row.credentialsSealed).toMatch(/^v1\.k1\./);
    expect(() =>
      vault.open(row.credentialsSealed!, {
        teamId: fresh.otherTeamId,
        recordId: row.id,
        field: 'credentials',
      }),
    ).toThrow('cannot be opened');

    // Rotation: new key first, wrap anew, take the old one out.
    const k2 = { kid: 'k2', key: second };
    const both = createKeyring([k2, { kid: 'k1', key: fresh.keyBytes }]);
    await verify(both);
    using rotating = fresh.connectionsWith(createVault(both));
    expect([await rotating.rewrapCredentials(), await rotating.rewrapCredentials()]).toEqual([1, 0]);
    await retireCanaries(db, both.activeKid);
    await verify(createKeyring([k2]));
    using after = fresh.connectionsWith(createVault(createKeyring([k2])));
    const bucket = await after.openBucket(fresh.teamId, connection.id);
    expect((await bucket.listObjects({ signal })).objects).toEqual([]);
    const rotated = await db.selectFrom('connections').select('credentialsSealed').executeTakeFirstOrThrow();
    expect(rotated.credentialsSealed?.split('.')[3]).toBe(row.credentialsSealed?.split('.')[3]);
  });
});
