import { describe, expect, it } from 'vitest';
import { createSingleFlight } from './single-flight.ts';

const later = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

const fail = async (): Promise<string> => {
  await later(1);
  throw new Error('broken');
};

describe('single flight', () => {
  it('does equal work once, and other work beside it', async () => {
    const flights = createSingleFlight<string>();
    const { signal } = new AbortController();
    let runs = 0;
    const work = async (): Promise<string> => {
      runs += 1;
      await later(5);
      return `made ${runs}`;
    };
    const same = [flights.run('a', signal, work), flights.run('a', signal, work)];
    expect(flights.has('a')).toBe(true);
    expect(await Promise.all(same)).toEqual(['made 1', 'made 1']);
    await Promise.all([flights.run('a', signal, work), flights.run('b', signal, work)]);
    expect([runs, flights.size]).toEqual([3, 0]);
  });

  it('lets one leave at once, and calls the work off with the last', async () => {
    const flights = createSingleFlight<string>();
    const [first, second] = [new AbortController(), new AbortController()];
    let calledOff: AbortSignal | undefined;
    const work = async (signal: AbortSignal): Promise<string> => {
      calledOff = signal;
      await later(10);
      return 'made';
    };
    const leaver = flights.run('a', first.signal, work);
    const stayer = flights.run('a', second.signal, work);
    first.abort(new Error('left'));
    await expect(leaver).rejects.toThrow('left');
    expect(calledOff?.aborted).toBe(false);
    expect(await stayer).toBe('made');

    const alone = new AbortController();
    const left = flights.run('b', alone.signal, work);
    alone.abort(new Error('left too'));
    await expect(left).rejects.toThrow('left too');
    expect(calledOff?.aborted).toBe(true);
  });

  it('gives who comes later what was called off too late to stop', async () => {
    const flights = createSingleFlight<string>();
    const gone = new AbortController();
    const left = flights.run('a', gone.signal, async () => {
      await later(10);
      return 'made anyway';
    });
    gone.abort();
    await expect(left).rejects.toThrow('abort');
    const { signal } = new AbortController();
    expect(await flights.run('a', signal, async () => 'made twice')).toBe('made anyway');
  });

  it('starts anew for who comes while work that was called off ends', async () => {
    const flights = createSingleFlight<string>();
    const gone = new AbortController();
    const left = flights.run('a', gone.signal, async (signal) => {
      await later(10);
      signal.throwIfAborted();
      return 'never';
    });
    gone.abort();
    await expect(left).rejects.toThrow('abort');
    const { signal } = new AbortController();
    expect(await flights.run('a', signal, async () => 'anew')).toBe('anew');
  });

  it('gives a failure to all who wait, and forgets it', async () => {
    const flights = createSingleFlight<string>();
    const { signal } = new AbortController();
    const both = await Promise.allSettled([flights.run('a', signal, fail), flights.run('a', signal, fail)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await flights.run('a', signal, async () => 'well')).toBe('well');
  });
});
