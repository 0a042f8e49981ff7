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

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'record-file-'));
});
afterAll(() => rm(folder, { recursive: true }));

test('gives back facts and body', () => {
  fc.assert(
    fc.property(fc.json(), fc.uint8Array({ maxLength: 300 }), (json, body) => {
      const facts: unknown = JSON.parse(json);
      const decoded = decodeRecord(encodeRecord('object', facts, body), 'object', 'x');
      expect(decoded.facts).toEqual(JSON.parse(JSON.stringify(facts)));
      expect(new Uint8Array(decoded.body)).toEqual(body);
    }),
  );
});

test('notices every changed byte and every cut', () => {
  const bytes = encodeRecord('part', { etag: 'abc' }, Buffer.from('body'));
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed.writeUInt8(changed.readUInt8(at) ^ 0x10, at);
    expect(() => decodeRecord(changed, 'part', 'x')).toThrow(DamagedRecordError);
    expect(() => decodeRecord(bytes.subarray(0, at), 'part', 'x')).toThrow(DamagedRecordError);
  }
  expect(() => decodeRecord(bytes, 'object', 'x')).toThrow(DamagedRecordError);
});

test.each([10, 4051, 4052, 4053, 20_000])(
  'reads the facts alone, also when they have %i bytes',
  async (length) => {
    const path = join(folder, 'facts');
    const facts = { text: 'x'.repeat(length) };
    await writeFile(path, encodeRecord('object', facts, Buffer.alloc(5000)));
    expect(await readRecordFacts(path, 'object')).toEqual(facts);
    expect(await readRecord(path, 'object')).toEqual({ facts, body: Buffer.alloc(5000) });
    await writeFile(path, encodeRecord('object', facts, Buffer.alloc(5000)).subarray(0, -1));
    await expect(readRecordFacts(path, 'object')).rejects.toThrow(DamagedRecordError);
  },
);
