import { createConnection, type ConnectionId, type ProviderId, type TransferId } from '@windlass/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTransferScene, type TransferScene } from '../support/transfer-scene.ts';
import { createOne, fileOf, sendParts, uploadSignal as signal } from '../support/upload-steps.ts';

/** A bucket of some server, that the janitor of uploads has to clear up. */
export interface BucketToClear {
  provider: ProviderId;
  endpoint: string;
  region: string;
  bucket: string;
  keys: { accessKeyId: string; secretAccessKey: string };
}

/** Just too large for one PUT: three parts, the last of one byte. */
const size = 16 * 1024 * 1024 + 1;

/** What clients that are never seen again leave in a bucket, and that nothing of it stays. */
export const describeLeftBehind = (bucketToClear: () => BucketToClear): void => {
  describe('uploads that are left behind', () => {
    let scene: TransferScene;
    let connectionId: ConnectionId;
    beforeAll(async () => {
      scene = await createTransferScene();
      const { keys, ...place } = bucketToClear();
      const given = {
        ...place,
        name: 'left-behind',
        addressing: 'path',
        prefix: 'left/',
        jobs: ['ingest'],
        credentials: keys,
      };
      const { actors, teamId, connections } = scene;
      const made = await connections.create(actors.owner, teamId, createConnection.body.parse(given));
      connectionId = made.id;
    });
    afterAll(() => scene?.[Symbol.asyncDispose]());

    const openBucket = () => scene.connections.openBucket(scene.teamId, connectionId);
    const openUploads = async (): Promise<string[]> => {
      const { uploads } = await openBucket();
      return (await uploads.listUploads({ prefix: '', signal })).uploads.map(({ key }) => key);
    };
    const stateOf = async (id: TransferId) =>
      (
        await scene.db
          .selectFrom('transfers')
          .select('state')
          .where('teamId', '=', scene.teamId)
          .where('id', '=', id)
          .executeTakeFirst()
      )?.state;

    it('are ended when the time of their grant is over, whatever had been sent', async () => {
      const uploads = scene.transfers.uploads(await scene.openGrant({ connectionId, prefix: 'gone/' }));
      const begun = await createOne(uploads, fileOf('begun.mov', size));
      const sent = await createOne(uploads, fileOf('sent.mov', size));
      const asked = await createOne(uploads, fileOf('asked.mov', size));
      await uploads.signParts(begun.id, { done: [], sign: [1] }, signal);
      const done = await sendParts(uploads, sent, [1, 3]);
      await uploads.signParts(sent.id, { done, sign: [] }, signal);
      expect(await openUploads()).toEqual(['gone/begun.mov', 'gone/sent.mov']);

      expect(await scene.transfers.sweep(signal)).toEqual({ expired: 0, forgotten: 0 });
      scene.clock.forward({ days: 2 });
      expect(await scene.transfers.sweep(signal)).toEqual({ expired: 3, forgotten: 2 });
      expect(await openUploads()).toEqual([]);
      for (const { id } of [begun, sent, asked]) expect(await stateOf(id)).toBe('expired');
    });

    it('are found where the answer with their id was lost, and the file that came after stays', async () => {
      const uploads = scene.transfers.uploads(await scene.openGrant({ connectionId, prefix: 'lost/' }));
      const film = await createOne(uploads, fileOf('film.mov', size));
      await uploads.signParts(film.id, { done: [], sign: [1] }, signal);
      // As if the process had died between the bucket's answer and the ledger.
      await scene.db.updateTable('transfers').set({ uploadId: null }).where('id', '=', film.id).execute();
      const done = await sendParts(uploads, film, [1, 2, 3]);
      expect(await openUploads()).toEqual(['lost/film.mov', 'lost/film.mov']);
      const [result] = await uploads.complete([{ id: film.id, done }], signal);
      expect(result?.receipt).toMatchObject({ key: 'left/lost/film.mov', size });
      expect(await openUploads()).toEqual(['lost/film.mov']);

      scene.clock.forward({ minutes: 11 });
      expect(await scene.transfers.sweep(signal)).toEqual({ expired: 0, forgotten: 1 });
      expect(await openUploads()).toEqual([]);
      expect(await (await openBucket()).headObject('lost/film.mov', { signal })).toMatchObject({ size });
    });
  });
};
