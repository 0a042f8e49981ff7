import { open } from 'node:fs/promises';
import {
  canonicalPlan,
  formatFacts,
  peekedBytes,
  peekHeader,
  type OriginalFacts,
  type OriginalFile,
  type OverlayName,
  type Overlays,
  type RenderedPicture,
  type RenderPool,
} from '@windlass/images';
import type { CachedPicture } from './cache/picture-tier.ts';
import type { Mezzanines } from './mezzanines.ts';
import type { HeldOriginal, Originals } from './originals/held-original.ts';
import type { OriginFacts } from '../sources/index.ts';
import { pictureEtag, pictureKey } from './picture-key.ts';
import { purgedSince, type PicturePart } from './picture-part.ts';
import { latest } from './picture-state.ts';
import { aboutOverlay } from './refusal.ts';
import { createSingleFlight } from './single-flight.ts';
import { createStageClock, type StageClock, type StageTimes } from './stage-clock.ts';

export interface MakePictureDeps {
  originals: Originals;
  mezzanines: Mezzanines;
  pool: RenderPool;
  encoder: string;
  now(): number;
}

export interface MakeOptions {
  /** The version that the caller goes by; a part that is not named takes what its origin has. */
  versions: ReadonlyMap<PicturePart, OriginFacts | null>;
  effort: 'normal' | 'slow';
  urgency: 'now' | 'idle';
  /** A picture that turns out to be there already, when its originals are known: it is not made again. */
  find(key: string): Promise<CachedPicture | null>;
  /** Keeps what was made; nobody waits for that. */
  store(key: string, picture: CachedPicture): void;
}

export interface MadePicture {
  key: string;
  picture: CachedPicture;
  times: StageTimes;
  /** Somebody else had it made at the same moment. */
  joined: boolean;
}

export type MakePicture = (
  part: PicturePart,
  options: MakeOptions,
  signal: AbortSignal,
) => Promise<MadePicture>;

interface HeldPart {
  part: PicturePart;
  held: HeldOriginal;
  overlays: readonly HeldPart[];
}

const flat = (held: HeldPart): readonly HeldPart[] => [held, ...held.overlays.flatMap(flat)];

const versionOf = ({ part, held }: HeldPart) => ({
  originId: part.origin.id,
  key: part.key,
  version: held.origin,
});

/** What a file's first bytes say of a picture that no renderer has opened yet, so that admission need not guess. */
const factsOfHead = async ({ path, bytes }: OriginalFile): Promise<OriginalFacts | null> => {
  await using file = await open(path);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.max(1, Math.min(bytes, peekedBytes))));
  return peekHeader(buffer.subarray(0, bytesRead), bytes);
};

const overlayJobs = async (overlays: readonly HeldPart[]): Promise<Overlays> => {
  const jobs: Overlays = {};
  for (const { part, held, overlays: inner } of overlays) {
    const job: NonNullable<Overlays[OverlayName]> = {
      original: held.file,
      plan: part.plan,
      overlays: await overlayJobs(inner),
      facts: held.facts ?? (await factsOfHead(held.file)),
    };
    if (part.parameter !== null) jobs[part.parameter] = job;
  }
  return jobs;
};

const toCached = (
  { part }: HeldPart,
  key: string,
  rendered: RenderedPicture,
  more: { lastModified: Date | null; madeAt: number; effort: 'normal' | 'slow' },
): CachedPicture => ({
  bytes: rendered.bytes,
  facts: {
    etag: pictureEtag(key, more.effort),
    contentType: formatFacts[rendered.format].contentType,
    format: rendered.format,
    width: rendered.width,
    height: rendered.height,
    lastModified: more.lastModified?.toISOString() ?? null,
    sourceId: part.source.sourceId,
    path: part.path,
    tags: part.plan.tags,
    madeAt: more.madeAt,
    effort: more.effort,
  },
});

/**
 * Fetches the originals of a picture, outside of any CPU slot, and has a child process make it. Originals stay files on
 * this disk: this process holds nothing but the result.
 */
export const createMakePicture = (deps: MakePictureDeps): MakePicture => {
  const hold = async (
    part: PicturePart,
    versions: MakeOptions['versions'],
    stack: DisposableStack,
    signal: AbortSignal,
  ): Promise<HeldPart> => {
    const { maxInputBytes: maxBytes } = part.source.limits;
    const version = versions.get(part) ?? null;
    const held = await aboutOverlay(part.parameter, () =>
      deps.originals.hold(part.origin, part.key, {
        signal,
        maxBytes,
        version,
        purgedSince: purgedSince(part),
      }),
    );
    stack.use(held);
    const overlays: HeldPart[] = [];
    for (const overlay of part.overlays) overlays.push(await hold(overlay, versions, stack, signal));
    return { part, held, overlays };
  };

  const render = async (
    { part, held, overlays }: HeldPart,
    { effort, urgency }: MakeOptions,
    signal: AbortSignal,
  ) => {
    const input = deps.mezzanines.inputFor(part, held);
    const rendered = await deps.pool.render(
      {
        job: {
          kind: 'picture',
          original: input.file,
          plan: part.plan,
          limits: part.source.limits,
          overlays: await overlayJobs(overlays),
          effort,
        },
        team: part.source.teamId,
        facts: input.facts ?? (await factsOfHead(input.file)),
        urgency,
      },
      signal,
    );
    if (!input.standIn) {
      deps.originals.learn(part.origin, part.key, rendered.facts);
      deps.mezzanines.consider(part, held, rendered.facts);
    }
    return rendered;
  };

  const renders = createSingleFlight<Omit<MadePicture, 'joined'>>();

  /** From originals that are on this disk. */
  const finish = async (
    held: HeldPart,
    key: string,
    options: MakeOptions,
    clock: StageClock,
    signal: AbortSignal,
  ): Promise<CachedPicture> => {
    // A purge that comes while it is being made counts for it too.
    const madeAt = deps.now();
    const there = await clock.time('cache', () => options.find(key));
    if (there !== null) return there;
    const rendered = await render(held, options, signal);
    clock.add('queue', rendered.waitedMilliseconds);
    clock.add('prepare', rendered.stages.prepare);
    clock.add('pipeline', rendered.stages.pipeline);
    const lastModified = latest(flat(held).map((each) => each.held.origin.lastModified));
    const picture = toCached(held, key, rendered, { lastModified, madeAt, effort: options.effort });
    options.store(key, picture);
    return picture;
  };

  return async (part, options, signal) => {
    const clock = createStageClock();
    using stack = new DisposableStack();
    const held = await clock.time('origin', () => hold(part, options.versions, stack, signal));
    const key = pictureKey({
      source: part.source.sourceId,
      base: versionOf(held),
      overlays: flat(held).slice(1).map(versionOf),
      plan: canonicalPlan(part.plan),
      encoder: deps.encoder,
    });
    // Who knew the version before and who learned it just now may have come here by different ways.
    const name = `${key} ${options.effort}`;
    const joined = renders.has(name);
    const made = await renders.run(name, signal, async (shared) => {
      // The work outlives a caller who leaves, and so does what it reads.
      const originals = stack.move();
      try {
        return { key, picture: await finish(held, key, options, clock, shared), times: clock.times };
      } finally {
        originals.dispose();
      }
    });
    return { ...made, joined };
  };
};
