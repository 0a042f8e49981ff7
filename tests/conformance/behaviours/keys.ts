import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Behaviour } from '../behaviour.ts';
import { expectRefused } from '../expect-s3.ts';

const oddKeys: Record<string, string> = {
  'two slashes': 'a//b',
  'a leading slash': '/a',
  'a trailing slash': 'folder/',
  'dots that climb': 'a/../b',
  'dots that climb out': '../../../etc/passwd',
  'a single dot': 'a/./b',
  'a plus': 'a+b',
  'a space': 'a b',
  'a percent sign': '100%',
  'something that looks encoded': 'a%2Fb%20c',
  'trailing dots and spaces': 'name. . .',
  'a question mark and a hash': 'a?b#c&d=e',
  'quotes and angle brackets': `'a"<b>&amp;`,
  'umlauts and emoji': 'Übergröße/📷 1.jpg',
  'a decomposed umlaut': 'U\u0308bergro\u0308ße',
  'a segment of 1,000 characters': `x/${'s'.repeat(1000)}`,
  'exactly 1,024 bytes': 'é'.repeat(512),
  'the name of a device': 'CON/aux.txt',
  'a star and a backslash': 'a*b\\c:d|e',
};

const roundTrip = ([what, key]: [string, string]): Behaviour => ({
  name: `keeps a key with ${what}`,
  run: async ({ s3, bucket }) => {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: what }));
    expect(
      await (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body?.transformToString(),
    ).toBe(what);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
    expect(Contents?.map(({ Key }) => Key)).toEqual([key]);
    await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    await expectRefused(s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key })), 404);
  },
});

export const keyBehaviours: Behaviour[] = [
  ...Object.entries(oddKeys).map(roundTrip),
  {
    name: 'tells a key from its unicode look-alike',
    run: async ({ s3, bucket, put }) => {
      await put('\u00fc', 'composed');
      await put('u\u0308', 'decomposed');
      const { KeyCount } = await s3.send(new ListObjectsV2Command({ Bucket: bucket }));
      expect(KeyCount).toBe(2);
    },
  },
  {
    name: 'refuses a key beyond 1,024 bytes',
    cephDeparts: 'names it InvalidObjectName',
    run: async ({ put }) => {
      await expectRefused(put('k'.repeat(1025), 'x'), 400, 'KeyTooLongError');
    },
  },
];
