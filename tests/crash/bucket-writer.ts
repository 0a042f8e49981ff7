import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { createObjectStore } from '../../packages/bucket/src/store/index.ts';

/**
 * The child of the crash tests: `node bucket-writer.ts <folder> <round> <writes>`. Writes objects of mixed sizes, some
 * over older ones and some in parts, eight at a time, and prints one line when a write begins and one when it was
 * acknowledged: `begin <key> <md5>` and `done <key> <md5>`. A refused write prints `refused <code>`.
 */
const [folder = '', round = '0', writes = '0'] = process.argv.slice(2);
const KiB = 1024;
const sizes = [0, 100, 1 * KiB, 1 * KiB, 10 * KiB, 64 * KiB, 65 * KiB, 300 * KiB, 1024 * KiB];

const store = await createObjectStore({ dataDirectory: folder, clock: { now: () => new Date() } });
if (store.getBucket('b') === undefined) await store.createBucket('b', 'owner');

const bytesOf = (n: number, size: number): Buffer => {
  const seed = createHash('sha256').update(`${round}/${n}`).digest();
  return Buffer.alloc(size, seed);
};
const say = (word: string, key: string, bytes: Uint8Array): void => {
  process.stdout.write(`${word} ${key} ${createHash('md5').update(bytes).digest('hex')}\n`);
};
const common = { bucket: 'b', algorithms: [], verify: () => ({}) };
const description = { headers: {}, metadata: {}, ownerId: 'owner' };

const putWhole = async (key: string, bytes: Buffer): Promise<void> => {
  const body = Readable.from(bytes.length === 0 ? [] : [bytes], { objectMode: false });
  await store.putObject({ ...common, ...description, key, body, condition: {} });
};

const putInParts = async (key: string, bytes: Buffer): Promise<void> => {
  const upload = {
    bucket: 'b',
    key,
    ...description,
    checksumAlgorithm: undefined,
    checksumType: 'COMPOSITE',
  } as const;
  const { uploadId } = await store.createUpload(upload);
  const parts = [];
  for (const [index, part] of [bytes.subarray(0, 5120 * KiB), bytes.subarray(5120 * KiB)].entries()) {
    const body = Readable.from([part], { objectMode: false });
    parts.push(await store.putPart({ ...common, key, uploadId, partNumber: index + 1, body }));
  }
  await store.completeUpload({
    bucket: 'b',
    key,
    uploadId,
    parts,
    condition: {},
    expectedSize: bytes.length,
  });
};

const write = async (n: number): Promise<void> => {
  const inParts = n % 40 === 39;
  const bytes = bytesOf(n, inParts ? 5130 * KiB : (sizes[n % sizes.length] ?? 0));
  // Every third write goes over a key of an earlier round; no two writes of a round share a key.
  const key = n % 3 === 0 ? `shared/${n}` : `round-${round}/${n}`;
  say('begin', key, bytes);
  try {
    await (inParts ? putInParts(key, bytes) : putWhole(key, bytes));
    say('done', key, bytes);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    process.stdout.write(`refused ${String(error.code)}\n`);
  }
};

let next = 0;
await Promise.all(
  Array.from({ length: 8 }, async () => {
    while (next < Number(writes)) await write(next++);
  }),
);
await store[Symbol.asyncDispose]();
