import { createBatcher } from './batcher.ts';
import { callAgain } from './call-again.ts';
import { createConcurrencyControl } from './concurrency-control.ts';
import type { Engine } from './engine.ts';
import { createSlots } from './slots.ts';
import { createSmallBodyReader } from './small-body-reader.ts';
import type { PartBody } from './upload-source.ts';
import type { OnlineSignal, UploaderOptions } from './uploader.ts';
import type { CompletedUpload, FileToUpload } from './wire.ts';

/** The contract: of each in one call. */
const mostPerCall = 100;
/** Files of the first call for tickets: it is answered soon, so that sending begins; and its files last until the second is. */
const firstTickets = 8;
const preparedAtOnce = 2;
/** With enough to send, calls wait for company; without, hardly. */
const unhurriedMs = 200;
const hurriedMs = 5;

/** @param signal ends the calls that many files share */
export const createEngine = <Body extends PartBody>(
  {
    api,
    send,
    journal,
    received = 'take',
    concurrency = { min: 2, max: 8 },
    stallSeconds = 30,
    attempts = 8,
  }: UploaderOptions<Body>,
  { online, bytesPerSecond, signal }: { online: OnlineSignal; bytesPerSecond(): number; signal: AbortSignal },
): Engine<Body> => {
  const control = createConcurrencyControl(concurrency);
  const lookers = createSlots(() => preparedAtOnce);
  const slots = createSlots(control.limit);
  const lingerMs = (): number => (slots.waiting() >= concurrency.max ? unhurriedMs : hurriedMs);
  const batches = { most: mostPerCall, lingerMs };
  const patience = { attempts, online, signal };
  return {
    api,
    send,
    online,
    journal: journal ?? null,
    received,
    slots,
    readSmall: createSmallBodyReader(preparedAtOnce),
    control,
    maxConcurrency: concurrency.max,
    attempts,
    stallMs: stallSeconds * 1000,
    async preparing(rank, runSignal, look) {
      const leave = await lookers.take(rank, runSignal);
      try {
        return await look();
      } finally {
        leave();
      }
    },
    ticket: createBatcher({ ...batches, first: firstTickets }, (files: readonly FileToUpload[]) =>
      callAgain(() => api.create(files, signal), patience),
    ),
    complete: createBatcher(batches, (uploads: readonly CompletedUpload[]) =>
      callAgain(() => api.complete(uploads, signal), patience),
    ),
    bytesPerSecond,
    reached: { bucket: false },
  };
};
