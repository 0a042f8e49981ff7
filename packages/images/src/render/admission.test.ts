import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createAdmission, type AdmissionJob, type AdmissionLimits } from './admission.ts';
import type { Lane } from './lane.ts';

const MiB = 1024 * 1024;
const limits: AdmissionLimits = {
  slots: 2,
  heavySlots: 2,
  expressSlots: 1,
  heavyBytes: 300 * MiB,
  waitingJobs: { cheap: 20, heavy: 20 },
  waitingMilliseconds: 20_000,
  patienceMilliseconds: 10_000,
  idleJobs: 2,
};

interface Named extends AdmissionJob {
  name: string;
}

const job = (name: string, given: Partial<Named> = {}): Named => ({
  name,
  team: 'a',
  lane: 'cheap',
  urgency: 'now',
  milliseconds: 20,
  bytes: 10 * MiB,
  since: 0,
  ...given,
});
const heavy = (name: string, given: Partial<Named> = {}): Named =>
  job(name, { lane: 'heavy', milliseconds: 500, bytes: 100 * MiB, ...given });

const idle = (name: string): Named => heavy(name, { urgency: 'idle' });

const names = (jobs: readonly { name: string }[]): string[] => jobs.map(({ name }) => name);

/** Offers all at once, then lets each job take what was predicted; tells the order in which they started. */
const playOut = (jobs: readonly Named[], given: AdmissionLimits = limits): string[] => {
  const admission = createAdmission<Named>(given);
  const running: { job: Named; ends: number }[] = [];
  const started: string[] = [];
  let now = 0;
  const step = (): void => {
    for (const next of admission.step(now).starts) {
      started.push(next.name);
      running.push({ job: next, ends: now + next.milliseconds });
    }
  };
  for (const each of jobs) admission.offer(each, now);
  step();
  while (running.length > 0) {
    running.sort((a, b) => a.ends - b.ends);
    const first = running.shift();
    if (first === undefined) break;
    now = first.ends;
    admission.finish(first.job, first.job.milliseconds);
    step();
  }
  return started;
};

describe('createAdmission', () => {
  it('starts as many as there are slots, first come first served', () => {
    expect(playOut(['1', '2', '3', '4'].map((name) => job(name)))).toEqual(['1', '2', '3', '4']);
    const admission = createAdmission<Named>(limits);
    for (const name of ['1', '2', '3']) admission.offer(job(name), 0);
    expect(names(admission.step(0).starts)).toEqual(['1', '2']);
    expect(admission.counts()).toEqual({
      running: { cheap: 2, heavy: 0 },
      waiting: { cheap: 1, heavy: 0 },
      idle: 0,
    });
  });

  it('lets a cheap job start at once while heavy ones hold every slot, and only one', () => {
    const admission = createAdmission<Named>(limits);
    for (const name of ['h1', 'h2', 'h3']) admission.offer(heavy(name), 0);
    expect(names(admission.step(0).starts)).toEqual(['h1', 'h2']);
    admission.offer(job('c1'), 1);
    admission.offer(job('c2'), 1);
    expect(names(admission.step(1).starts)).toEqual(['c1']);
  });

  it('keeps heavy jobs to their own number of slots where they have one', () => {
    const admission = createAdmission<Named>({ ...limits, heavySlots: 1 });
    for (const name of ['h1', 'h2']) admission.offer(heavy(name), 0);
    admission.offer(job('c1'), 0);
    expect(names(admission.step(0).starts).toSorted()).toEqual(['c1', 'h1']);
  });

  it('runs heavy jobs together only where their memory fits, and one that is too large alone', () => {
    const admission = createAdmission<Named>(limits);
    const large = heavy('large', { bytes: 400 * MiB });
    const other = heavy('other');
    admission.offer(large, 0);
    admission.offer(other, 0);
    expect(names(admission.step(0).starts)).toEqual(['large']);
    admission.finish(large, 500);
    expect(names(admission.step(500).starts)).toEqual(['other']);
  });

  it('shares time between teams: one that floods waits behind its own, not before another', () => {
    const flood = Array.from({ length: 10 }, (_, index) => heavy(`a${index}`));
    const late = [heavy('b0', { team: 'b' }), heavy('b1', { team: 'b' })];
    const order = playOut([...flood, ...late], {
      ...limits,
      waitingMilliseconds: 1e9,
      patienceMilliseconds: 1e9,
    });
    expect(order.indexOf('b0')).toBeLessThan(3);
    expect(order.indexOf('b1')).toBeLessThan(5);
  });

  it('counts time and not jobs: a team of short ones gets more of them', () => {
    const long = Array.from({ length: 5 }, (_, index) =>
      heavy(`long${index}`, { team: 'a', milliseconds: 1000 }),
    );
    const short = Array.from({ length: 10 }, (_, index) =>
      heavy(`short${index}`, { team: 'b', milliseconds: 100 }),
    );
    const order = playOut([...long, ...short], { ...limits, slots: 1, expressSlots: 0 });
    expect(order.slice(0, 8).filter((name) => name.startsWith('long'))).toHaveLength(1);
  });

  it('charges what a job really took', () => {
    const admission = createAdmission<Named>({ ...limits, slots: 1, expressSlots: 0 });
    const [a1, a2, b1, b2] = ['a1', 'a2', 'b1', 'b2'].map((name) => heavy(name, { team: name.slice(0, 1) }));
    for (const each of [a1, a2, b1, b2]) if (each !== undefined) admission.offer(each, 0);
    expect(names(admission.step(0).starts)).toEqual(['a1']);
    // Ten times as long as predicted: the other team has both of its turns first.
    if (a1 !== undefined) admission.finish(a1, 5000);
    expect(names(admission.step(1).starts)).toEqual(['b1']);
    if (b1 !== undefined) admission.finish(b1, 500);
    expect(names(admission.step(2).starts)).toEqual(['b2']);
  });

  it('refuses at once who would wait too long, and says when to come back', () => {
    const admission = createAdmission<Named>(limits);
    for (let index = 0; index < 6; index += 1) {
      admission.offer(heavy(`h${index}`, { milliseconds: 4000 }), 0);
      admission.step(0);
    }
    const [refused] = admission.offer(heavy('last', { milliseconds: 4000 }), 0);
    expect(refused?.job.name).toBe('last');
    expect(refused?.retryAfterSeconds).toBeGreaterThan(limits.patienceMilliseconds / 1000);
    // A cheap job of the same team is not behind them.
    expect(admission.offer(job('cheap'), 0)).toEqual([]);
  });

  it('refuses who has waited too long', () => {
    const admission = createAdmission<Named>({ ...limits, slots: 1, expressSlots: 0 });
    admission.offer(job('runs'), 0);
    admission.step(0);
    admission.offer(job('waits'), 0);
    expect(admission.step(9999).refused).toEqual([]);
    expect(names(admission.step(10_001).refused.map(({ job: late }) => late))).toEqual(['waits']);
    expect(admission.counts().waiting.cheap).toBe(0);
  });

  it('makes room in a full lane at the cost of who waits for the most', () => {
    const admission = createAdmission<Named>({ ...limits, waitingJobs: { cheap: 3, heavy: 3 } });
    for (const name of ['x', 'y']) admission.offer(job(name, { team: 'z' }), 0);
    admission.step(0);
    for (const name of ['a1', 'a2', 'a3']) expect(admission.offer(job(name), 0)).toEqual([]);
    expect(admission.offer(job('a4'), 0).map(({ job: { name } }) => name)).toEqual(['a4']);
    expect(admission.offer(job('b1', { team: 'b' }), 0).map(({ job: { name } }) => name)).toEqual(['a3']);
  });

  it('runs idle jobs one at a time, only while nobody waits, and drops them as soon as somebody does', () => {
    const admission = createAdmission<Named>({ ...limits, expressSlots: 0 });
    const [i1, i2] = [idle('i1'), idle('i2')];
    expect(admission.offer(i1, 0)).toEqual([]);
    expect(admission.offer(i2, 0)).toEqual([]);
    expect(admission.offer(idle('i3'), 0)).toHaveLength(1);
    expect(names(admission.step(0).starts)).toEqual(['i1']);
    const [c1, c2] = [job('c1'), job('c2')];
    admission.offer(c1, 1);
    admission.offer(c2, 1);
    const { starts, refused } = admission.step(1);
    expect(names(starts)).toEqual(['c1']);
    expect(names(refused.map(({ job: dropped }) => dropped))).toEqual(['i2']);
  });

  it('drops a job that waits and lets one that runs be', () => {
    const admission = createAdmission<Named>({ ...limits, slots: 1, expressSlots: 0 });
    const [runs, waits] = [job('runs'), job('waits')];
    admission.offer(runs, 0);
    admission.step(0);
    admission.offer(waits, 0);
    expect(admission.drop(runs)).toBe(false);
    expect(admission.drop(waits)).toBe(true);
    expect(admission.drop(waits)).toBe(false);
    admission.finish(runs, 1);
    expect(admission.step(1).starts).toEqual([]);
  });
});

const offered = fc.record({
  kind: fc.constant('offer' as const),
  team: fc.constantFrom('a', 'b', 'c'),
  lane: fc.constantFrom<Lane>('cheap', 'heavy'),
  urgency: fc.constantFrom<'now' | 'idle'>('now', 'now', 'now', 'idle'),
  milliseconds: fc.integer({ min: 1, max: 3000 }),
  bytes: fc.integer({ min: 0, max: 400 * MiB }),
});
const command = fc.oneof(
  { weight: 4, arbitrary: offered },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('finish' as const),
      which: fc.nat(20),
      took: fc.integer({ min: 1, max: 9000 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), which: fc.nat(20) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('pass' as const),
      milliseconds: fc.integer({ min: 0, max: 6000 }),
    }),
  },
);

describe('admission, whatever happens', () => {
  it('loses no job, starts none twice and respects every cap', () => {
    fc.assert(
      fc.property(
        fc.array(command, { maxLength: 120 }),
        fc.integer({ min: 1, max: 3 }),
        (commands, slots) => {
          const given = { ...limits, slots, heavySlots: Math.max(1, slots - 1) };
          const admission = createAdmission<Named>(given);
          const state = new Map<Named, 'waits' | 'runs' | 'ended'>();
          let now = 0;
          const move = (each: Named, from: string, to: 'runs' | 'ended'): void => {
            expect(state.get(each)).toBe(from);
            state.set(each, to);
          };
          const inState = (wanted: string) =>
            [...state].filter(([, found]) => found === wanted).map(([each]) => each);
          const step = (): void => {
            const { starts, refused } = admission.step(now);
            for (const each of starts) move(each, 'waits', 'runs');
            for (const { job: each } of refused) move(each, 'waits', 'ended');
            const runs = inState('runs');
            const heavies = runs.filter(({ lane }) => lane === 'heavy');
            const urgent = heavies.filter(({ urgency }) => urgency === 'now');
            expect(runs.length).toBeLessThanOrEqual(given.slots + given.expressSlots);
            expect(
              runs.filter(({ lane, urgency }) => lane === 'heavy' || urgency === 'idle').length,
            ).toBeLessThanOrEqual(given.slots);
            expect(urgent.length).toBeLessThanOrEqual(given.heavySlots);
            expect(runs.filter(({ urgency }) => urgency === 'idle').length).toBeLessThanOrEqual(1);
            for (const lane of ['cheap', 'heavy'] as const) {
              const waits = inState('waits').filter((each) => each.lane === lane && each.urgency === 'now');
              expect(waits.length).toBe(admission.counts().waiting[lane]);
              expect(waits.length).toBeLessThanOrEqual(given.waitingJobs[lane]);
            }
            // Work is never left undone: with a free slot, no cheap job waits.
            expect(runs.length >= given.slots || admission.counts().waiting.cheap === 0).toBe(true);
          };
          for (const each of commands) {
            if (each.kind === 'offer') {
              const { kind: _kind, ...rest } = each;
              const next = job(String(state.size), { ...rest, since: now });
              state.set(next, 'waits');
              for (const { job: refused } of admission.offer(next, now)) move(refused, 'waits', 'ended');
            } else if (each.kind === 'pass') now += each.milliseconds;
            else {
              const pool = inState(each.kind === 'finish' ? 'runs' : 'waits');
              const chosen = pool[each.which % Math.max(1, pool.length)];
              if (chosen === undefined) continue;
              if (each.kind === 'finish') admission.finish(chosen, each.took);
              else admission.drop(chosen);
              move(chosen, each.kind === 'finish' ? 'runs' : 'waits', 'ended');
            }
            step();
          }
          // Everything ends once what runs ends.
          for (let turn = 0; turn < 500 && inState('runs').length > 0; turn += 1) {
            for (const each of inState('runs')) {
              admission.finish(each, each.milliseconds);
              move(each, 'runs', 'ended');
            }
            step();
          }
          expect([inState('waits'), inState('runs')]).toEqual([[], []]);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('starves nobody: a job waits no longer than its own team and an equal share of the others take', () => {
    const jobs = fc.array(
      fc.record({ team: fc.constantFrom('a', 'b', 'c'), milliseconds: fc.integer({ min: 1, max: 1000 }) }),
      {
        minLength: 1,
        maxLength: 60,
      },
    );
    fc.assert(
      fc.property(jobs, (flood) => {
        const boundless = {
          ...limits,
          slots: 1,
          expressSlots: 0,
          waitingJobs: { cheap: 1e6, heavy: 1e6 },
          waitingMilliseconds: 1e9,
          patienceMilliseconds: 1e9,
        };
        const queue = [
          ...flood.map((each, index) => heavy(`flood${index}`, each)),
          heavy('mine', { team: 'me', milliseconds: 1000 }),
        ];
        const order = playOut(queue, boundless);
        const before = order
          .slice(0, order.indexOf('mine'))
          .map((name) => queue.find((each) => each.name === name));
        // Start-time fair queueing, theorem 4: one job of each other team, and nothing before me of my own.
        for (const team of ['a', 'b', 'c']) {
          expect(before.filter((each) => each?.team === team).length).toBeLessThanOrEqual(1);
        }
        expect(order).toHaveLength(queue.length);
      }),
    );
  });
});
