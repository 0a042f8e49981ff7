import type { BucketAddress, BucketProbe, EndpointFacts } from '../../platform/s3/index.ts';
import { can, type Finding } from './check-findings.ts';
import type { ServerTraits } from './server-traits.ts';

/** Below, a difference of clocks is not worth a word. */
const noticeableSkewMilliseconds = 60_000;
/** From here on S3 refuses every request (RequestTimeTooSkewed). */
const refusedSkewMilliseconds = 15 * 60_000;

/** What the check adds to this machine's clock, so that a wrong clock hides nothing else. */
export const signingOffset = ({ clockAheadMilliseconds }: EndpointFacts): number => {
  const skew = clockAheadMilliseconds ?? 0;
  return Math.abs(skew) > noticeableSkewMilliseconds ? skew : 0;
};

/** That the endpoint answers, and how far the clocks are apart. */
export const describeClock = (reached: { found: EndpointFacts; durationMilliseconds: number }): Finding => {
  const { durationMilliseconds } = reached;
  const skew = reached.found.clockAheadMilliseconds ?? 0;
  if (Math.abs(skew) <= noticeableSkewMilliseconds)
    return can({ cause: 'The endpoint answers.', durationMilliseconds });
  const minutes = Math.round(Math.abs(skew) / 60_000);
  const apart = `${minutes} minute${minutes === 1 ? '' : 's'} ${skew > 0 ? 'behind' : 'ahead of'} the bucket's`;
  const tooFar = Math.abs(skew) >= refusedSkewMilliseconds;
  return can({
    broken: tooFar,
    durationMilliseconds,
    cause: tooFar
      ? `The endpoint answers, but the clock of this server is ${apart}: S3 refuses every request from 15 minutes on. This check made up for it, nothing else does.`
      : `The endpoint answers. The clock of this server is ${apart}; the check made up for it.`,
    next: 'Set the clock of this server by NTP.',
  });
};

type Listed = Awaited<ReturnType<BucketProbe['list']>>;

/** That the region in the signature is the bucket's. */
export const describeRegion = (
  listed: Listed,
  given: string,
  corrected: BucketAddress | null,
  traits: ServerTraits,
): Finding => {
  if (!listed.ok && listed.failure.kind === 'region')
    return { ...can({ cause: listed.failure.cause, next: listed.failure.next }), can: 'no', broken: true };
  if (corrected !== null)
    return can({ cause: `The bucket is in ${corrected.region}, not in ${given}; that is now set.` });
  return can({
    cause: traits.anyRegion
      ? `${traits.profile.name} takes any region in a signature, ${given} as well as another.`
      : `The region ${given} is accepted.`,
  });
};
