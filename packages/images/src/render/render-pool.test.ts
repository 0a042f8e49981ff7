import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parsePlan } from '../plan/plan.ts';
import type { RenderError } from './render-error.ts';
import { createRenderPool, type RenderObservation, type RenderPoolOptions } from './render-pool.ts';
import type { RenderPool } from './render-request.ts';
import { descriptors, nicesOf, renderersOf } from './testing/child-processes.ts';
import { failureOf, request, writeOriginals, type Originals } from './testing/render-jobs.ts';

// Tests share the cores with each other; a child that steps back for them would meet its deadline by no fault of its own.
const niceness = 0;
const slow = 'width=8000&height=8000&mode=force&upscale=true&format=avif';
const quick = 'width=10';
const anyMemory = 4 * 1024 ** 3;

let originals: Originals;
beforeAll(async () => {
  originals = await writeOriginals();
});
afterAll(() => originals[Symbol.asyncDispose]());

const withPool = async (
  options: RenderPoolOptions,
  work: (pool: RenderPool) => Promise<void>,
): Promise<void> => {
  await using pool = createRenderPool({ niceness, ...options });
  await work(pool);
};

/** How many were replaced after four jobs. */
const recycledAfterFour = async (options: RenderPoolOptions): Promise<number> => {
  let recycled = 0;
  await withPool({ size: 1, ...options }, async (pool) => {
    for (let job = 0; job < 4; job += 1) await pool.render(request(originals.small, quick));
    ({ recycled } = pool.stats());
  });
  return recycled;
};

const own = (): number[] => renderersOf(process.pid);

describe('a render pool', () => {
  it('renders, and tells what it predicted and what it took', async () => {
    const seen: RenderObservation[] = [];
    await withPool({ size: 1, observe: (each) => seen.push(each) }, async (pool) => {
      const picture = await pool.render(request(originals.small, 'width=32&format=webp'));
      expect(picture).toMatchObject({ contentType: 'image/webp', format: 'webp', width: 32, height: 32 });
      expect(Buffer.from(picture.bytes).toString('latin1', 8, 12)).toBe('WEBP');
      expect(picture.facts).toMatchObject({ format: 'jpeg', width: 64, height: 64, progressive: false });
      expect(picture.waitedMilliseconds).toBeGreaterThanOrEqual(0);
      expect(pool.stats()).toMatchObject({ rendered: 1, failed: 0, refused: 0, lost: 0, running: 0 });
    });
    expect(seen).toMatchObject([{ lane: 'cheap', class: 'jpeg>webp/plain', outcome: 'rendered' }]);
    expect(seen[0]?.actualMilliseconds).toBeGreaterThan(0);
  });

  it('makes a stand-in', () =>
    withPool({ size: 1, maxRssBytes: anyMemory }, async (pool) => {
      const { job, ...rest } = request(originals.bomb, '');
      const { original, limits } = job;
      const made = await pool.render({ ...rest, job: { kind: 'mezzanine', original, limits, side: 1024 } });
      expect(made).toMatchObject({ format: 'jpeg', width: 1024, height: 1024 });
    }));

  it('hands over answers larger than any pipe holds', () =>
    withPool({ size: 1, maxRssBytes: anyMemory }, async (pool) => {
      const noise = 'width=4000&height=4000&mode=force&upscale=true&format=png';
      const { bytes } = await pool.render(request(originals.small, noise));
      expect(Buffer.from(bytes).toString('latin1', bytes.byteLength - 8, bytes.byteLength - 4)).toBe('IEND');
    }));

  it('kills a job at its deadline and goes on', () =>
    withPool({ size: 1, deadlineMilliseconds: 400, maxRssBytes: anyMemory }, async (pool) => {
      await pool.render(request(originals.small, quick));
      const started = performance.now();
      expect(await failureOf(pool.render(request(originals.small, slow)))).toBe('deadline');
      expect(performance.now() - started).toBeLessThan(2500);
      expect(await failureOf(pool.render(request(originals.small, quick)))).toBe('none');
      expect(pool.stats()).toMatchObject({ lost: 1, rendered: 2, failed: 1 });
    }));

  it('does not blame a picture whose renderer got no time', () =>
    withPool({ size: 1, deadlineMilliseconds: 300 }, async (pool) => {
      await pool.render(request(originals.small, quick));
      for (const pid of own()) process.kill(pid, 'SIGSTOP');
      expect(await failureOf(pool.render(request(originals.small, quick)))).toBe('busy');
    }));

  it.each([
    ['allocates more than it may', 120],
    ['grows beyond what it may', 260],
  ])('ends a job that %s as too large, and goes on', (_how, mebibytes) =>
    withPool({ size: 1, maxRssBytes: mebibytes * 1024 ** 2 }, async (pool) => {
      // Nothing is known of the original, so it is let in.
      const turned = request(originals.bomb, 'width=300&orientation=6&format=webp');
      expect(await failureOf(pool.render(turned))).toBe('too-large');
      expect(await failureOf(pool.render(request(originals.small, quick)))).toBe('none');
    }),
  );

  it('refuses what is known to need too much memory before it starts', () =>
    withPool({ size: 1, maxRssBytes: 300 * 1024 ** 2 }, async (pool) => {
      const facts = {
        format: 'png',
        width: 9000,
        height: 9000,
        orientation: 1,
        frames: 1,
        alpha: false,
        progressive: false,
      } as const;
      const turned = request(originals.bomb, 'width=300&orientation=6', { facts });
      expect(await failureOf(pool.render(turned))).toBe('too-large');
      expect(pool.stats().children).toBe(0);
    }));

  it('fails only the job of a child that crashes', () =>
    withPool({ size: 1, maxRssBytes: anyMemory }, async (pool) => {
      await pool.render(request(originals.small, quick));
      const crashed = failureOf(pool.render(request(originals.small, slow)));
      await new Promise((resolve) => setTimeout(resolve, 50));
      for (const pid of own()) process.kill(pid, 'SIGSEGV');
      expect(await crashed).toBe('crashed');
      expect(await failureOf(pool.render(request(originals.small, quick)))).toBe('none');
    }));

  it('does not fail the next job for a child that died while it was idle', () =>
    withPool({ size: 1 }, async (pool) => {
      await pool.render(request(originals.small, quick));
      for (const pid of own()) process.kill(pid, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await failureOf(pool.render(request(originals.small, quick)))).toBe('none');
      expect(pool.stats().lost).toBeGreaterThanOrEqual(1);
    }));

  it('lets cheap jobs pass heavy ones', () =>
    withPool({ size: 1, maxRssBytes: anyMemory, deadlineMilliseconds: 60_000 }, async (pool) => {
      await pool.render(request(originals.small, quick));
      const order: string[] = [];
      const heavy = 'width=1500&height=1500&mode=force&upscale=true&format=avif';
      const work = [1, 2].map(async (turn) => {
        await pool.render(request(originals.small, heavy));
        order.push(`heavy ${turn}`);
      });
      await pool.render(request(originals.small, quick));
      order.push('cheap');
      await Promise.all(work);
      // Its child has to start: on a busy machine the heavy one that runs may be done before.
      expect(order.indexOf('cheap')).toBeLessThan(order.indexOf('heavy 2'));
    }));

  it('takes what is small by its files and large by its pixels for heavy', async () => {
    const lanes: string[] = [];
    const solid = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="2500" height="2500"></svg>');
    const drawing = await originals.write('large.svg', solid);
    const still = { orientation: 1, frames: 1, alpha: true, progressive: false };
    const watermark = {
      original: { path: drawing, bytes: solid.byteLength },
      plan: parsePlan('hue=10'),
      overlays: {},
      facts: { ...still, format: 'svg', width: 2500, height: 2500 },
    } as const;
    await withPool({ size: 1, observe: ({ lane }) => lanes.push(lane) }, async (pool) => {
      await pool.render(request(originals.small, quick));
      await pool.render(
        request(originals.small, `${quick}&watermark=x`, { job: { overlays: { watermark } } }),
      );
      await pool.render(request(originals.small, 'text=Wg&text-width=2800&text-height=2800'));
    });
    expect(lanes).toEqual(['cheap', 'heavy', 'heavy']);
  });

  it('learns from what fails after long work', async () => {
    const predicted: number[] = [];
    const observe = (each: RenderObservation) => predicted.push(each.predictedMilliseconds);
    await withPool({ size: 1, maxRssBytes: 260 * 1024 ** 2, observe }, async (pool) => {
      for (let turn = 0; turn < 3; turn += 1) {
        const turned = request(originals.bomb, 'width=300&orientation=6&format=webp');
        expect(await failureOf(pool.render(turned))).toBe('too-large');
      }
    });
    expect(predicted[2]).toBeGreaterThan((predicted[0] ?? 0) * 1.1);
  });

  it('takes turns between teams', () =>
    withPool({ size: 1 }, async (pool) => {
      await pool.render(request(originals.small, quick));
      const order: string[] = [];
      const render = async (team: string) => {
        await pool.render(request(originals.small, quick, { team }));
        order.push(team);
      };
      const flood = Array.from({ length: 12 }, () => render('flood'));
      await Promise.all([...flood, render('other'), render('other')]);
      expect(order.lastIndexOf('other')).toBeLessThan(8);
    }));

  it('refuses what does not fit in the queue, says when to come back, and drops what nobody waits for', () =>
    withPool(
      {
        size: 1,
        queueLimit: 1,
        patienceMilliseconds: 600_000,
        deadlineMilliseconds: 2000,
        maxRssBytes: anyMemory,
      },
      async (pool) => {
        const abort = new AbortController();
        const running = failureOf(pool.render(request(originals.small, slow)));
        const waiting = failureOf(pool.render(request(originals.small, slow), abort.signal));
        const refused: RenderError = await pool.render(request(originals.small, slow)).then(
          () => expect.fail('there is no room'),
          (error: unknown) => error as RenderError,
        );
        expect(refused.reason).toBe('busy');
        expect(refused.retryAfterSeconds).toBeGreaterThanOrEqual(1);
        abort.abort();
        expect(await waiting).toBe('aborted');
        expect(pool.stats()).toMatchObject({ waitingHeavy: 0, refused: 1 });
        expect(await failureOf(pool.render(request(originals.small, quick), abort.signal))).toBe('aborted');
        expect(await running).toBe('deadline');
      },
    ));

  it('lets a job that runs finish, though its caller has gone', () =>
    withPool({ size: 1 }, async (pool) => {
      const abort = new AbortController();
      const picture = failureOf(pool.render(request(originals.small, quick), abort.signal));
      abort.abort();
      expect(await picture).toBe('none');
    }));

  it('replaces a child after its number of jobs, and one that holds too much', async () => {
    expect(await recycledAfterFour({})).toBe(0);
    expect(await recycledAfterFour({ jobsPerChild: 2 })).toBeGreaterThanOrEqual(1);
    expect(await recycledAfterFour({ restingRssBytes: 1 })).toBeGreaterThanOrEqual(1);
  });

  it('ends children that have nothing to do, but for one', () =>
    withPool({ size: 2, idleMilliseconds: 400 }, async (pool) => {
      await Promise.all([1, 2, 3].map(() => pool.render(request(originals.small, quick))));
      expect(own().length).toBeGreaterThan(1);
      await expect.poll(() => own().length, { timeout: 8000 }).toBe(1);
      expect(pool.stats().children).toBe(1);
      expect(await failureOf(pool.render(request(originals.small, quick)))).toBe('none');
    }));

  it('leaves no process and no descriptor behind after 200 mixed jobs', async () => {
    const before = { pids: own(), descriptors: descriptors() };
    await withPool(
      { size: 2, queueLimit: 500, jobsPerChild: 40, patienceMilliseconds: 60_000 },
      async (pool) => {
        const broken = await originals.write('broken.jpg', Buffer.from('\xff\xd8\xff no picture', 'latin1'));
        const queries = ['width=10', 'width=20&format=webp', 'width=30&format=avif', 'width=40&format=png'];
        const ends = await Promise.all(
          Array.from({ length: 200 }, (_, index) =>
            failureOf(
              pool.render(
                request(index % 10 === 0 ? broken : originals.small, queries[index % 4] ?? quick, {
                  team: `team_${index % 3}`,
                }),
              ),
            ),
          ),
        );
        expect(ends.filter((end) => end === 'none')).toHaveLength(180);
        expect(ends.filter((end) => end === 'not-an-image')).toHaveLength(20);
      },
    );
    expect(own()).toEqual(before.pids);
    await expect.poll(descriptors).toBeLessThanOrEqual(before.descriptors);
  }, 60_000);

  it('lets running jobs finish when it closes, and refuses the rest', async () => {
    const pool = createRenderPool({ size: 1, niceness });
    const [first, second] = [1, 2].map(() => failureOf(pool.render(request(originals.small, quick))));
    await Promise.resolve();
    await pool[Symbol.asyncDispose]();
    expect(await first).toBe('none');
    expect(await second).toBe('busy');
    expect(await failureOf(pool.render(request(originals.small, quick)))).toBe('busy');
  });

  it('keeps its children behind everybody else, every thread of them', () =>
    withPool({ size: 1, niceness: 12 }, async (pool) => {
      await pool.render(request(originals.small, quick));
      const nices = nicesOf(own()[0] ?? 0);
      expect(nices.length).toBeGreaterThan(3);
      expect(new Set(nices)).toEqual(new Set([12]));
    }));

  it('gives its children nothing of its own environment', () =>
    withPool({ size: 1 }, async (pool) => {
      await pool.render(request(originals.small, quick));
      const environment = readFileSync(`/proc/${own()[0]}/environ`, 'latin1');
      expect(environment).toContain('UV_THREADPOOL_SIZE=4');
      for (const name of ['PATH', 'HOME', 'VITEST', 'NODE_OPTIONS']) {
        expect(environment).not.toMatch(new RegExp(`(^|\\0)${name}=`));
      }
    }));
});
