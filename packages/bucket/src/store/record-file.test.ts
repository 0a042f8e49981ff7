import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  DamagedRecordError,
  decodeRecord,
  encodeRecord,
  readRecord,
  readRecordFacts,
} from './record-file.ts';
import type { StoredObject } from './stored-object.ts';

const objectFacts = (metadata: Record<string, string>): StoredObject => ({
  key: 'a/b',
  size: 0,
  etag: 'abc',
  lastModified: 1,
  headers: {},
  metadata,
  checksums: {},
  checksumType: 'FULL_OBJECT',
  ownerId: 'owner',
  version: 'v1',
  blobs: [],
});

/** Facts whose JSON has exactly this many bytes. */
const factsOfLength = (bytes: number): StoredObject =>
  objectFacts({ text: 'x'.repeat(bytes - JSON.stringify(objectFacts({ text: '' })).length) });

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'record-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('gives back facts and body', () => {
  const metadata = fc.dictionary(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), {
    noNullPrototype: true,
  });
  fc.assert(
    fc.property(metadata, fc.uint8Array({ maxLength: 300 }), (names, body) => {
      const facts = objectFacts(names);
      const decoded = decodeRecord(encodeRecord('object', facts, body), 'object', 'x');
      expect(decoded.facts).toEqual(facts);
      expect(new Uint8Array(decoded.body)).toEqual(body);
    }),
  );
});

test('notices every changed byte and every cut', () => {
  const bytes = encodeRecord('document', { document: 'cors' }, Buffer.from('body'));
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ 0x10, at);
    expect(() => decodeRecord(changed, 'document', 'x')).toThrow(DamagedRecordError);
    expect(() => decodeRecord(bytes.subarray(0, at), 'document', 'x')).toThrow(DamagedRecordError);
  }
  expect(() => decodeRecord(bytes, 'object', 'x')).toThrow(DamagedRecordError);
});

test.each([300, 4075, 4076, 4077, 20_000])(
  'reads the facts alone, also when they have %i bytes',
  async (length) => {
    const path = join(folder, 'facts');
    const facts = factsOfLength(length);
    await writeFile(path, encodeRecord('object', facts, Buffer.alloc(5000)));
    expect(await readRecordFacts(path, 'object')).toEqual(facts);
    expect(await readRecord(path, 'object')).toEqual({ facts, body: Buffer.alloc(5000) });
    await writeFile(path, encodeRecord('object', facts, Buffer.alloc(5000)).subarray(0, -1));
    await expect(readRecordFacts(path, 'object')).rejects.toThrow(DamagedRecordError);
  },
);
