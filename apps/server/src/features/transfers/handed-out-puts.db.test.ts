import { orderId as orderIdSchema, type Upload } from '@windlass/contract';
import { expect } from 'vitest';
import { codeOf } from '../../../../../tests/support/source-scene.ts';
import type { TransferScene } from '../../../../../tests/support/transfer-scene.ts';
import { transferTest as test } from '../../../../../tests/support/transfer-test.ts';
import {
  codesOf,
  createOne,
  fileOf,
  putWhole,
  uploadSignal as signal,
} from '../../../../../tests/support/upload-steps.ts';
import type { Grant, GrantUploads } from './index.ts';

// The bucket's own clock stands where it is: what is put later is not to be older than its ticket.
let forwarded = 0;
const forward = ({ clock }: TransferScene, minutes: number): void => {
  clock.forward({ minutes });
  forwarded += minutes;
};
test.afterEach(({ scene }) => {
  forward(scene, -forwarded);
});

let count = 0;
interface Begun {
  grant: Grant;
  uploads: GrantUploads;
  ticket: Upload;
}
/** A grant for one file of five bytes, and its ticket. */
const begin = async (
  scene: TransferScene,
  connectionId = scene.connection.id,
  holder: Grant['holder'] = { kind: 'team' },
): Promise<Begun> => {
  const prefix = `h${(count += 1)}/`;
  const limits = { maxFiles: 1, maxTotalBytes: 5 };
  const grant = await scene.openGrant({ connectionId, prefix, limits, holder });
  const uploads = scene.transfers.uploads(grant);
  return { grant, uploads, ticket: await createOne(uploads, fileOf('a.jpg')) };
};
const keysOf = async (scene: TransferScene, { grant }: Begun) =>
  (await scene.keys()).filter((key) => key.includes(`/${grant.prefix}`));
const leftoversOf = async (scene: TransferScene, { grant }: Begun) =>
  scene.db
    .selectFrom('uploadLeftovers')
    .select(['grantId'])
    .where('key', 'like', `${grant.prefix}%`)
    .execute();
const one = { files: 1, bytes: 5 };
const none = { files: 0, bytes: 0 };

test('whoever cancels keeps what the URL may bring counted until it has run out, and what it brought is deleted twice', async ({
  scene,
}) => {
  const begun = await begin(scene);
  await putWhole(begun.ticket, 'hello');
  await begun.uploads.abort(begun.ticket.id, signal);
  expect(await keysOf(scene, begun)).toEqual([]);
  // The URL is good still, and brings it again: it was no way to more than the grant allows.
  expect((await putWhole(begun.ticket, 'hello')).status).toBe(200);
  expect(await scene.countedBy(begun.grant)).toEqual(one);
  expect(await codesOf(begun.uploads, [fileOf('b.jpg')])).toEqual(['quotaExceeded']);
  await scene.transfers.sweep(signal);
  expect(await keysOf(scene, begun)).toHaveLength(1);

  forward(scene, 21);
  await scene.transfers.sweep(signal);
  expect(await keysOf(scene, begun)).toEqual([]);
  expect(await scene.countedBy(begun.grant)).toEqual(none);
  expect(await codesOf(begun.uploads, [fileOf('b.jpg')])).toEqual(['ok']);
});

test('a PUT that crawled is found by a last look a day later, and is counted only once', async ({
  scene,
}) => {
  const begun = await begin(scene);
  await begun.uploads.abort(begun.ticket.id, signal);
  forward(scene, 21);
  await scene.transfers.sweep(signal);
  expect(await scene.countedBy(begun.grant)).toEqual(none);
  expect(await leftoversOf(scene, begun)).toEqual([{ grantId: null }]);
  await putWhole(begun.ticket, 'hello');
  forward(scene, 24 * 60 + 1);
  await scene.transfers.sweep(signal);
  expect(await keysOf(scene, begun)).toEqual([]);
  expect(await scene.countedBy(begun.grant)).toEqual(none);
  expect(await leftoversOf(scene, begun)).toEqual([]);
});

test('a URL that is asked for once more is good for longer, and so is its count', async ({ scene }) => {
  const begun = await begin(scene);
  forward(scene, 14);
  await begun.uploads.get(begun.ticket.id, signal);
  await begun.uploads.abort(begun.ticket.id, signal);
  forward(scene, 10);
  await scene.transfers.sweep(signal);
  expect(await scene.countedBy(begun.grant)).toEqual(one);
  forward(scene, 11);
  await scene.transfers.sweep(signal);
  expect(await scene.countedBy(begun.grant)).toEqual(none);
});

test('of a team’s grant that ends, what has come is received although nobody told of it, and nothing after that', async ({
  scene,
}) => {
  const grant = await scene.openGrant({ prefix: 'ended/' });
  const uploads = scene.transfers.uploads(grant);
  const [told, late] = [await createOne(uploads, fileOf('a.jpg')), await createOne(uploads, fileOf('b.jpg'))];
  await putWhole(told, 'hello');
  const at = { teamId: scene.teamId, uploadGrantId: grant.id };
  await scene.transfers.revokeGrant(scene.actors.member, at);
  expect(scene.enqueued.at(-1)).toEqual({ queue: 'upload-janitor', payload: {} });
  await scene.transfers.sweep(signal);
  await putWhole(late, 'hello');
  expect(await scene.transfers.filesOf(scene.db, scene.teamId, grant.id)).toMatchObject([
    { key: 'ended/a.jpg', state: 'received', proof: 'seen' },
  ]);
  forward(scene, 21);
  await scene.transfers.sweep(signal);
  const begun = { grant, uploads, ticket: late };
  expect(await keysOf(scene, begun)).toEqual(['team/ended/a.jpg']);
  expect(await scene.countedBy(begun.grant)).toEqual(one);
});

test('of an order’s grant that ends, what has come without a receipt is deleted with the next round, and what comes after too', async ({
  scene,
}) => {
  const orderId = orderIdSchema.parse('ord_01kazq8v3kf2wvpn2d8m6b3c9t');
  const begun = await begin(scene, scene.connection.id, { kind: 'order', orderId });
  await putWhole(begun.ticket, 'hello');
  await scene.db.transaction().execute((trx) => scene.transfers.endGrant(trx, scene.teamId, begun.grant.id));
  expect(scene.enqueued.at(-1)).toEqual({ queue: 'upload-janitor', payload: {} });
  await scene.transfers.sweep(signal);
  expect(await keysOf(scene, begun)).toEqual([]);
  await putWhole(begun.ticket, 'hello');
  forward(scene, 21);
  await scene.transfers.sweep(signal);
  expect(await keysOf(scene, begun)).toEqual([]);
});

test('a name that was cancelled and asked for again belongs to the new ticket', async ({ scene }) => {
  const grant = await scene.openGrant({ prefix: 'again/' });
  const uploads = scene.transfers.uploads(grant);
  const first = await createOne(uploads, fileOf('a.jpg'));
  await uploads.abort(first.id, signal);
  const second = await createOne(uploads, fileOf('a.jpg'));
  const { etag } = await putWhole(second, 'hello');
  const begun = { grant, uploads, ticket: second };
  forward(scene, 21);
  await scene.transfers.sweep(signal);
  expect(await keysOf(scene, begun)).toHaveLength(1);
  expect(await scene.countedBy(begun.grant)).toEqual({ files: 2, bytes: 10 });
  await uploads.complete([{ id: second.id, etag, done: [] }], signal);
  forward(scene, 11);
  await scene.transfers.sweep(signal);
  expect(await keysOf(scene, begun)).toHaveLength(1);
  expect(await scene.countedBy(begun.grant)).toEqual(one);
});

test('another’s object under the key stays', async ({ scene }) => {
  const grant = await scene.openGrant({ prefix: 'theirs/' });
  const uploads = scene.transfers.uploads(grant);
  const bucket = await scene.connections.openBucket(scene.teamId, scene.connection.id);
  await bucket.putObject('theirs/a.jpg', new TextEncoder().encode('hello'), { signal });
  forward(scene, 1);
  const ticket = await createOne(uploads, fileOf('a.jpg'));
  await uploads.abort(ticket.id, signal);
  forward(scene, 21);
  await scene.transfers.sweep(signal);
  const begun = { grant, uploads, ticket };
  expect(await keysOf(scene, begun)).toHaveLength(1);
  expect(await scene.countedBy(begun.grant)).toEqual(none);
});

test('where the key may not look, what was cancelled counts for good, and the lifecycle rule is left with it', async ({
  scene,
}) => {
  const begun = await begin(scene, scene.putOnly.id);
  await putWhole(begun.ticket, 'hello');
  await begun.uploads.abort(begun.ticket.id, signal);
  forward(scene, 21);
  await scene.transfers.sweep(signal);
  expect(await leftoversOf(scene, begun)).toEqual([]);
  expect(await keysOf(scene, begun)).toHaveLength(1);
  expect(await scene.countedBy(begun.grant)).toEqual(one);
});

test('a connection leads to no other place while uploads to it are under way, not looked up, or may still come', async ({
  scene,
}) => {
  const connection = await scene.connect('to-be-moved', 'from/');
  const edit = (given: object) =>
    codeOf(
      scene.connections.edit(
        scene.actors.owner,
        { teamId: scene.teamId, connectionId: connection.id },
        given,
        () => {},
      ),
    );
  const begun = await begin(scene, connection.id);
  expect(await edit({ prefix: 'to/' })).toBe('inUse');
  expect(await edit({ bucket: 'another' })).toBe('inUse');
  // The same place, by another name or another way.
  expect(await edit({ name: 'renamed', region: 'eu-central-1' })).toBe('ok');
  expect(await edit({ region: 'us-east-1' })).toBe('ok');
  const { etag } = await putWhole(begun.ticket, 'hello');
  await begun.uploads.complete([{ id: begun.ticket.id, etag, done: [] }], signal);
  expect(await edit({ prefix: 'to/' })).toBe('inUse');
  expect(await scene.transfers.lookUpReported(begun.grant, signal)).toEqual([]);
  expect(await edit({ prefix: 'to/' })).toBe('ok');
  expect(await edit({ prefix: 'from/' })).toBe('ok');
  const cancelled = await begin(scene, connection.id);
  await cancelled.uploads.abort(cancelled.ticket.id, signal);
  expect(await edit({ prefix: 'to/' })).toBe('inUse');
  forward(scene, 21);
  expect(await edit({ prefix: 'to/' })).toBe('ok');
});
