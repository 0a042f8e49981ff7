import { setTimeout as wait } from 'node:timers/promises';
import { S3Error } from '../s3-error.ts';
import type { ObjectStore } from '../store.ts';
import { abortOf, expiryOf, type LifecycleRule } from './lifecycle-rule.ts';
import { parseLifecycle } from './parse-lifecycle.ts';

export interface LifecycleRunnerOptions {
  store: ObjectStore;
  clock: { now(): Date };
  intervalMilliseconds: number;
  log: { warn(facts: Record<string, unknown>, message: string): void };
}

export interface LifecycleRunner extends AsyncDisposable {
  /** Carries out every rule of every bucket once, now. Runs never overlap. */
  run(): Promise<void>;
}

/** Another writer was faster: what was found is not there any more, or is not what it was. */
const goneCodes: ReadonlySet<string> = new Set([
  'NoSuchBucket',
  'NoSuchKey',
  'NoSuchUpload',
  'PreconditionFailed',
]);

const unlessGone = (error: unknown): void => {
  if (!(error instanceof S3Error && goneCodes.has(error.code))) throw error;
};

const isDue = (at: Date | undefined, now: Date): boolean => at !== undefined && at <= now;

/** Carries out the lifecycle rules of all buckets, every interval until it is disposed of. */
export const createLifecycleRunner = (options: LifecycleRunnerOptions): LifecycleRunner => {
  const { store, clock, log } = options;
  const stop = new AbortController();

  const expireObjects = async (bucket: string, rules: readonly LifecycleRule[], now: Date): Promise<void> => {
    for (const prefix of new Set(rules.map((rule) => rule.prefix))) {
      let startAfter: string | undefined = '';
      while (startAfter !== undefined && !stop.signal.aborted) {
        const page = await store.listObjects(bucket, { prefix, delimiter: '', startAfter, maxKeys: 1000 });
        for (const object of page.objects) {
          if (!rules.some((rule) => isDue(expiryOf(rule, object), now))) continue;
          // The same bytes may have been written again since the listing: then their time is another.
          const condition = { ifMatch: object.etag, ifLastModified: object.lastModified };
          await store.deleteObject(bucket, object.key, condition).catch(unlessGone);
        }
        startAfter = page.next;
      }
    }
  };

  const abortUploads = async (bucket: string, rules: readonly LifecycleRule[], now: Date): Promise<void> => {
    let keyMarker = '';
    let uploadIdMarker = '';
    do {
      const input = { prefix: '', delimiter: '', keyMarker, uploadIdMarker, maxUploads: 1000 };
      const page = await store.listUploads(bucket, input);
      for (const upload of page.uploads) {
        if (!rules.some((rule) => isDue(abortOf(rule, upload), now))) continue;
        await store.abortUpload(bucket, upload.key, upload.uploadId).catch(unlessGone);
      }
      keyMarker = page.nextKeyMarker;
      uploadIdMarker = page.nextUploadIdMarker;
    } while (keyMarker !== '' && !stop.signal.aborted);
  };

  const runBucket = async (bucket: string): Promise<void> => {
    const text = store.getDocument(bucket, 'lifecycle');
    if (text === undefined) return;
    const rules = parseLifecycle(text).filter((rule) => rule.enabled);
    const now = clock.now();
    const expiring = rules.filter(
      (rule) => rule.expirationDays !== undefined || rule.expirationDate !== undefined,
    );
    await expireObjects(bucket, expiring, now);
    if (rules.some((rule) => rule.abortIncompleteDays !== undefined)) await abortUploads(bucket, rules, now);
  };

  const runAll = async (): Promise<void> => {
    for (const { name } of store.listBuckets()) {
      if (stop.signal.aborted) return;
      await runBucket(name)
        .catch(unlessGone)
        .catch((error: unknown) => {
          // One bucket's trouble must not keep the others from their rules.
          log.warn({ err: error, bucket: name }, 'the lifecycle rules of a bucket could not be carried out');
        });
    }
  };

  let tail: Promise<void> = Promise.resolve();
  const run = (): Promise<void> => {
    tail = tail.then(runAll);
    return tail;
  };

  const loop = (async (): Promise<void> => {
    while (!stop.signal.aborted) {
      await run();
      // `ref: false`: the rules alone keep no process alive.
      await wait(options.intervalMilliseconds, undefined, { signal: stop.signal, ref: false }).catch(
        () => undefined,
      );
    }
  })();

  return {
    run,
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await Promise.all([loop, tail]);
    },
  };
};
