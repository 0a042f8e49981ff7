import type { SourceId, TeamId } from '@windlass/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMovingClock, type MovingClock } from '../../../../../../tests/support/moving-clock.ts';
import { createUsageRecorder, type CountedHour, type UsageRecorder } from './usage-recorder.ts';

// Ids in the right shape are all that the recorder passes on.
const source = { sourceId: 'src_1' as SourceId, teamId: 'team_1' as TeamId };

let clock: MovingClock;
let written: CountedHour[][];
let failure: Error | null;
let warned: unknown[];
let recorder: UsageRecorder;
beforeEach(() => {
  clock = createMovingClock(new Date('2026-05-04T10:59:59.500Z'));
  [written, failure, warned] = [[], null, []];
  recorder = createUsageRecorder({
    write: async (hours) => {
      if (failure !== null) throw failure;
      written.push([...hours]);
    },
    clock,
    log: { warn: (facts) => warned.push(facts) },
  });
});
afterEach(() => recorder[Symbol.asyncDispose]());

describe('the recorder of usage', () => {
  it('adds up by source and hour, and writes each count once', async () => {
    recorder.record(source, { requests: 1, bytesOut: 10, renderMilliseconds: 0.4 });
    recorder.record(source, { requests: 1, misses: 1, renderMilliseconds: 0.4 });
    recorder.record({ ...source, sourceId: 'src_2' as SourceId }, { bytesFromOrigin: 3 });
    clock.forward({ seconds: 1 });
    recorder.record(source, { requests: 1 });
    await recorder.flush();
    await recorder.flush();
    expect(written).toHaveLength(1);
    expect(
      written[0]?.map(({ sourceId, hour, counts }) => [
        sourceId,
        hour.getUTCHours(),
        counts.requests,
        counts,
      ]),
    ).toMatchObject([
      ['src_1', 10, 2, { bytesOut: 10, misses: 1, renderMilliseconds: 1, errors: 0 }],
      ['src_2', 10, 0, { bytesFromOrigin: 3 }],
      ['src_1', 11, 1, { bytesOut: 0 }],
    ]);
  });

  it('keeps what could not be written, and brings it with the next', async () => {
    failure = new Error('away');
    recorder.record(source, { requests: 1 });
    await recorder.flush();
    expect(warned).toHaveLength(1);
    recorder.record(source, { requests: 1 });
    failure = null;
    await recorder.flush();
    expect(written.map((hours) => hours.map(({ counts }) => counts.requests))).toEqual([[2]]);
  });

  it('writes at the end what is left', async () => {
    recorder.record(source, { requests: 1 });
    await recorder[Symbol.asyncDispose]();
    expect(written).toHaveLength(1);
  });
});
