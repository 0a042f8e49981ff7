import type { CheckRowId, Job } from '@windlass/contract';
import type { PolicyDocument, Statement } from '@windlass/policy';
import { generate, type Capability } from '@windlass/policy/generate';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';
import {
  makeBucketScene,
  pageOrigin,
  prefix,
  type BucketScene,
  type CheckedServer,
  type PlainKeys,
} from '../support/checked/bucket-scene.ts';
import { startShiftingProxy } from '../support/checked/shifting-proxy.ts';

/** A server on which identities with policies can be made. */
export interface CheckTarget extends CheckedServer, AsyncDisposable {
  /** Credentials with exactly these rights; each kind of identity of the server is one way to make them. */
  identities: Record<string, (policy: PolicyDocument) => Promise<PlainKeys>>;
  /** No call proves or refutes the right to delete on its own, without leaving something. */
  hidesDelete: boolean;
  /** A missing key is told of before the right to read is looked at. */
  missingBeforeRead: boolean;
  /** ListBuckets is refused to nobody. */
  listsForAll: boolean;
}

const capabilities = [
  ['deliver', 'deliver'],
  ['ingest', 'ingest'],
  ['ingestResumable', 'ingest'],
  ['process', 'process'],
  ['gallery', 'gallery'],
] as const satisfies [Capability, Job][];

const browserRows: Record<Job, CheckRowId[]> = {
  deliver: [],
  process: [],
  ingest: ['browserPut', 'browserEtag'],
  gallery: ['browserPut', 'browserGet', 'browserEtag'],
};
const fences: CheckRowId[] = ['listOutside', 'getOutside', 'putOutside'];
const administration: CheckRowId[] = ['readPolicy', 'readAcl', 'readLifecycle'];

const allow = (...statements: Statement[]): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: statements,
});

/** What a check must say, on every server alike. `open` is called once; its server is closed in the end. */
export const runCheckTable = (open: () => Promise<CheckTarget>, kinds: readonly string[]): void => {
  let target: CheckTarget;
  beforeAll(async () => {
    target = await open();
  });
  afterAll(async () => {
    await target?.[Symbol.asyncDispose]();
  });

  const generated = (capability: Capability, scene: BucketScene): PolicyDocument => {
    const { identity } = generate({
      capabilities: [capability],
      provider: target.provider,
      bucket: scene.bucket,
      prefix,
      region: target.region,
    });
    if (identity === null) throw new Error('This server takes no policies.');
    return identity;
  };
  const identity = (kind: string, policy: PolicyDocument): Promise<PlainKeys> => {
    const make = target.identities[kind];
    if (make === undefined) throw new Error(`There are no identities of kind ${kind}.`);
    return make(policy);
  };
  const anyKind = kinds[0] ?? '';

  it.each(kinds.flatMap((kind) => capabilities.map(([capability, job]) => [capability, kind, job] as const)))(
    'finds nothing missing and nothing too much with the policy of %s for a %s, and leaves nothing',
    async (capability, kind, job) => {
      using scene = await makeBucketScene(target);
      const checked = await scene.check(await identity(kind, generated(capability, scene)), [job]);
      expect(checked.event).toBe('checkPassed');
      expect(checked.fullAccess).toBe(false);
      for (const state of ['failed', 'missing', 'excess'] as const) expect(checked.ids(state)).toEqual([]);
      const writes = job !== 'deliver';
      const unknown: CheckRowId[] = [
        ...(writes && job !== 'gallery' ? (['overwrite'] as const) : []),
        ...(target.hidesDelete && job !== 'gallery' ? (['delete'] as const) : []),
        ...(capability === 'ingest' ? (['encryption'] as const) : []),
        ...browserRows[job],
      ];
      expect(checked.ids('unknown')).toEqual(unknown);
      for (const id of unknown) expect(checked.row(id).cause).not.toBe('');
      expect(await scene.leftovers()).toEqual([]);
    },
  );

  it.each(['owner', ...kinds])('shows a key with every right (%s) what it has too much', async (kind) => {
    using scene = await makeBucketScene(target);
    const everything = allow({ Effect: 'Allow', Action: 's3:*', Resource: '*' });
    const keys = kind === 'owner' ? target.owner : await identity(kind, everything);
    const gallery = await scene.check(keys, ['gallery']);
    const buckets: CheckRowId[] = target.listsForAll ? [] : ['listBuckets'];
    // The order of the rows.
    expect(gallery.ids('excess')).toEqual([...fences, ...buckets, ...administration]);
    expect(gallery).toMatchObject({ event: 'checkPassed', fullAccess: true });
    const ingest = await scene.check(keys, ['ingest']);
    expect(ingest.ids('excess')).toEqual(['list', 'get', 'delete', ...fences, ...buckets, ...administration]);
    expect(ingest.fullAccess).toBe(true);
    expect(JSON.parse(ingest.row('delete').statement?.json ?? '')).toMatchObject({
      Action: 's3:DeleteObject',
      Resource: `arn:aws:s3:::${scene.bucket}/in/*`,
    });
    expect(await scene.leftovers()).toEqual([]);
  });

  it.each(kinds)(
    'shows a read-only key (%s) used for ingest the statement to add, and is content with it',
    async (kind) => {
      using scene = await makeBucketScene(target);
      const reading = generated('deliver', scene);
      const before = await scene.check(await identity(kind, reading), ['ingest']);
      expect(before).toMatchObject({ event: 'checkFailed' });
      expect(before.ids('missing')).toEqual(['put']);
      const row = before.row('put');
      expect(row).toMatchObject({
        can: 'no',
        needs: 'yes',
        action: 's3:PutObject',
        statement: { change: 'add' },
      });
      expect(row.details?.httpStatus).toBe(403);
      const statement = JSON.parse(row.statement?.json ?? '') as Statement;
      expect(statement).toMatchObject({
        Effect: 'Allow',
        Action: 's3:PutObject',
        Resource: `arn:aws:s3:::${scene.bucket}/in/*`,
      });
      expect((await scene.check(await identity(kind, allow(statement)), ['ingest'])).event).toBe(
        'checkPassed',
      );

      const gallery = await scene.check(await identity(kind, reading), ['gallery']);
      expect(gallery.event).toBe('checkPartly');
      expect(gallery.ids('missing')).toEqual(expect.arrayContaining(['put', 'multipart']));
    },
  );

  it('tells a key whose prefix does not fence it in', async () => {
    using scene = await makeBucketScene(target);
    const wide = {
      Effect: 'Allow',
      Action: 's3:PutObject',
      Resource: `arn:aws:s3:::${scene.bucket}/*`,
    } as const;
    const checked = await scene.check(await identity(anyKind, allow(wide)), ['ingest']);
    expect(checked.ids('excess')).toEqual(['putOutside']);
    const row = checked.row('putOutside');
    expect(JSON.parse(row.statement?.json ?? '')).toMatchObject({
      Action: wide.Action,
      Resource: wide.Resource,
    });
    expect(row.next).toContain('/in/*');
    expect(await scene.leftovers()).toEqual([]);
  });

  it('never says that a key may not delete because it could not try', async () => {
    using scene = await makeBucketScene(target);
    const rights = (...actions: string[]) =>
      allow({ Effect: 'Allow', Action: actions, Resource: `arn:aws:s3:::${scene.bucket}/in/*` });
    const some = await scene.check(await identity(anyKind, rights('s3:PutObject', 's3:DeleteObject')), [
      'ingest',
    ]);
    expect(some.row('delete').state).toBe(target.hidesDelete ? 'unknown' : 'excess');
    const all = rights('s3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion');
    expect((await scene.check(await identity(anyKind, all), ['ingest'])).row('delete').state).toBe('excess');
    expect(await scene.leftovers()).toEqual([]);
  });

  it('takes a prefix without objects neither for readable nor for refused, where the server does not tell', async () => {
    using scene = await makeBucketScene(target, { empty: true });
    const checked = await scene.check(await identity(anyKind, generated('deliver', scene)), ['deliver']);
    expect(checked.event).toBe('checkPassed');
    // Only the prefix may be listed: a missing key is then answered as a forbidden one.
    expect(checked.row('get').state).toBe('unknown');
    expect(checked.row('get').next).toContain('Put one object');
    const listing = allow({
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: `arn:aws:s3:::${scene.bucket}`,
    });
    const refused = await scene.check(await identity(anyKind, listing), ['deliver']);
    expect(refused.row('get').state).toBe(target.missingBeforeRead ? 'unknown' : 'missing');
  });

  it('gives each trouble its own cause', async () => {
    using scene = await makeBucketScene(target);
    using closed = await makeBucketScene(target, { cors: false });
    using proxy = await startShiftingProxy(target.endpoint, 20 * 60_000);
    const nobody = `http://127.0.0.1:${await freePort()}`;
    const job: Job[] = ['gallery'];
    const { owner } = target;
    const secret = await scene.check({ ...owner, secretAccessKey: 'x'.repeat(40) }, job);
    const bucket = await scene.check(owner, job, { bucket: 'nowhere-at-all' });
    const gone = await scene.check(owner, job, { endpoint: nobody });
    const skewed = await scene.check(owner, job, { endpoint: proxy.url });
    const noCors = await closed.check(owner, job);
    const region = await scene.check(owner, job, { region: 'eu-west-9' });

    expect(secret.ids('failed')).toEqual(['credentials']);
    expect(bucket.ids('failed')).toEqual(['list']);
    expect(bucket.row('credentials').state).toBe('ok');
    expect(gone.ids('failed')).toEqual(['reach']);
    // The proxy only tells a wrong time; so the offset that makes up for it is wrong, which the server says too.
    expect(skewed.ids('failed')).toEqual(['reach', 'credentials']);
    expect(skewed.row('reach').cause).toContain('20 minutes behind');
    expect(noCors.ids('failed')).toEqual([]);
    expect(noCors.ids('missing')).toEqual(['preflight']);
    const rule: unknown = JSON.parse(noCors.row('preflight').statement?.json ?? '');
    expect(rule).toMatchObject([{ AllowedOrigins: [pageOrigin] }]);
    expect(region.ids('failed')).toEqual([]);
    expect(region.row('region').cause).toContain('eu-west-9');

    const causes = [
      secret.row('credentials').cause,
      bucket.row('list').cause,
      gone.row('reach').cause,
      skewed.row('reach').cause,
      noCors.row('preflight').cause,
      region.row('region').cause,
    ];
    expect(new Set(causes).size).toBe(causes.length);
    for (const one of [secret, bucket, gone, skewed]) expect(one.event).toBe('checkFailed');
    expect(noCors.event).toBe('checkPartly');
  });

  it('asks a whole bucket for no fence', async () => {
    using scene = await makeBucketScene(target);
    const checked = await scene.check(target.owner, ['gallery'], { prefix: '' });
    expect(checked.ids('excess').filter((id) => fences.includes(id))).toEqual([]);
    expect(await scene.leftovers()).toEqual([]);
  });
};
