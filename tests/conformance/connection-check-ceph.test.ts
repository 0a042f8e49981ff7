import { randomUUID } from 'node:crypto';
import type { PolicyDocument } from '@windlass/policy';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCephIdentities } from '../support/ceph/ceph-identities.ts';
import { startCeph } from '../support/ceph/start-ceph.ts';
import { makeBucketScene, prefix } from '../support/checked/bucket-scene.ts';
import { lacks } from '../support/test-skip.ts';
import { runCheckTable, type CheckTarget } from './check-table.ts';

const name = () => `id-${randomUUID()}`;

const galleryPolicy = (bucket: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Action: [
        's3:GetObject',
        's3:PutObject',
        's3:DeleteObject',
        's3:AbortMultipartUpload',
        's3:ListMultipartUploadParts',
      ],
      Resource: `arn:aws:s3:::${bucket}/${prefix}*`,
    },
    { Effect: 'Allow', Action: 's3:ListBucket', Resource: `arn:aws:s3:::${bucket}` },
  ],
});

// A server of another maker, with real users, roles and policies: roles behave as on AWS, users own what they write.
describe.skipIf(lacks('ceph'))('the connection check on Ceph', () => {
  let opened: CheckTarget;

  const open = async (): Promise<CheckTarget> => {
    const ceph = await startCeph();
    const identities = createCephIdentities(ceph);
    const platform = await ceph.createUser('platform', 'guest');
    opened = {
      provider: 'ceph',
      endpoint: ceph.endpoint,
      region: ceph.region,
      owner: ceph.root,
      versions: true,
      hidesDelete: true,
      missingBeforeRead: true,
      listsForAll: true,
      identities: {
        user: (policy) => identities.user(name(), policy),
        role: async (policy) => identities.assume(platform, await identities.role(name(), platform, policy)),
      },
      [Symbol.asyncDispose]: async () => {
        identities[Symbol.dispose]();
        await ceph[Symbol.asyncDispose]();
      },
    };
    return opened;
  };
  runCheckTable(open, ['role', 'user']);

  describe('with versions', () => {
    beforeAll(() => expect(opened).toBeDefined());

    it('leaves neither version nor marker, and says why it could not try to delete', async () => {
      using scene = await makeBucketScene(opened, { versioned: true });
      const keys = await opened.identities['role']?.(galleryPolicy(scene.bucket));
      const checked = await scene.check(keys ?? opened.owner, ['gallery']);
      expect(checked.event).toBe('checkPassed');
      expect(checked.row('delete')).toMatchObject({ state: 'unknown' });
      expect(checked.row('delete').cause).toContain('keeps versions');
      expect(await scene.leftovers()).toEqual([]);
    });

    it('clears up after whoever may delete versions, and proves everything', async () => {
      using scene = await makeBucketScene(opened, { versioned: true });
      const checked = await scene.check(opened.owner, ['gallery']);
      expect(checked.row('delete').state).toBe('ok');
      expect(checked.row('overwrite').state).toBe('ok');
      expect(await scene.leftovers()).toEqual([]);
    });
  });
});
