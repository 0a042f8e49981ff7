import { describeS3Failure, type S3Failure } from './describe-failure.ts';
import { notS3, plainHttpToTls } from './failure-causes.ts';
import type { Scrub } from './scrub.ts';

/** What a single try gave, and how long it took. A failure is a finding here, not an error. */
export type ProbeOutcome<T> = { durationMilliseconds: number } & (
  | { ok: true; found: T; failure?: never }
  | { ok: false; failure: S3Failure }
);

/** Something answered in XML or HTML, but not as S3 does. */
export class NotS3 extends Error {}
/** A TLS port was asked in plain HTTP, and said so in words. */
export class PlainHttpToTls extends Error {}

/** Runs one try and turns what it throws into a finding. */
export const timed = async <T>(run: () => Promise<T>, scrub: Scrub): Promise<ProbeOutcome<T>> => {
  const start = performance.now();
  const duration = (): number => Math.round(performance.now() - start);
  try {
    const found = await run();
    return { ok: true, found, durationMilliseconds: duration() };
  } catch (error) {
    const failure = describeS3Failure(error, scrub);
    const own = error instanceof NotS3 ? notS3 : error instanceof PlainHttpToTls ? plainHttpToTls : null;
    return { ok: false, failure: { ...failure, ...own }, durationMilliseconds: duration() };
  }
};
