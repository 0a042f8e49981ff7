import type { Job, ProviderId } from '@windlass/contract';
import type { EndpointGuard } from '../../platform/net/index.ts';
import {
  createBucketProbe,
  probeEndpoint,
  type BucketAddress,
  type BucketProbe,
  type EndpointFacts,
  type S3Credentials,
} from '../../platform/s3/index.ts';
import { allSkipped, failed, judge, ok, type Finding, type Findings, type Verdict } from './check-rows.ts';
import { correctPlacement } from './correct-region.ts';
import { probeRights } from './probe-rights.ts';

/** However slow the other side is, somebody waits for this. */
export const checkTimeoutMilliseconds = 15_000;
/** Below, a difference of clocks is not worth a word; S3 refuses from 15 minutes on. */
const noticeableSkewMilliseconds = 60_000;

export interface CheckSubject {
  provider: ProviderId;
  jobs: readonly Job[];
  address: BucketAddress;
  credentials: S3Credentials | null;
}

export interface CheckResult extends Verdict {
  /** The address with the region that the provider named, where that is another than was given. */
  corrected: BucketAddress | null;
}

/**
 * The first check: reaches the endpoint, proves the credentials, finds the region, and tries each right with the one
 * key `<prefix>.windlass-probe`. Ends within 15 s, changes nothing else in the bucket and nothing here.
 */
export const runCheck = async (guard: EndpointGuard, subject: CheckSubject): Promise<CheckResult> => {
  const signal = AbortSignal.timeout(checkTimeoutMilliseconds);
  const reach = await probeEndpoint(guard, subject.address.endpoint, signal);
  if (!reach.ok) {
    const findings = { ...allSkipped('Not tried: the endpoint cannot be reached.'), reach: failed(reach) };
    return { ...judge(findings, subject.jobs), corrected: null };
  }
  const reached = describeReach(reach.found, reach.durationMilliseconds);
  if (subject.credentials === null) {
    const findings: Findings = {
      ...allSkipped('Not tried: there are no credentials yet.'),
      reach: reached,
      credentials: {
        ...ok(''),
        state: 'failed',
        cause: 'No credentials have been entered.',
        next: 'Enter an access key and its secret.',
      },
    };
    return { ...judge(findings, subject.jobs), corrected: null };
  }
  const skew = reach.found.clockAheadMilliseconds ?? 0;
  const open = (address: BucketAddress): BucketProbe =>
    createBucketProbe({
      guard,
      address,
      // Narrowed above.
      credentials: subject.credentials!,
      clockOffsetMilliseconds: Math.abs(skew) > noticeableSkewMilliseconds ? skew : 0,
    });
  const { findings, corrected } = await checkBucket(open, subject, signal);
  return { ...judge({ ...findings, reach: reached }, subject.jobs), corrected };
};

type ListOutcome = Awaited<ReturnType<BucketProbe['list']>>;

const checkBucket = async (
  open: (address: BucketAddress) => BucketProbe,
  subject: CheckSubject,
  signal: AbortSignal,
): Promise<{ findings: Findings; corrected: BucketAddress | null }> => {
  using first = open(subject.address);
  const answer = await first.list(signal);
  const named = answer.ok ? answer.found.region : answer.failure.region;
  const placement = correctPlacement(subject.provider, subject.address, named);
  const corrected = placement === null ? null : { ...subject.address, ...placement };
  using second = corrected === null ? undefined : open(corrected);
  const probe = second ?? first;
  const listed = second === undefined ? answer : await second.list(signal);
  const region = describeRegion(listed, subject.address.region, corrected);
  const rest = await checkListed(probe, listed, subject, region, signal);
  // A correction that did not lead to the bucket is not worth keeping.
  return { findings: rest, corrected: listed.ok || listed.failure.kind !== 'region' ? corrected : null };
};

/** What the first signed call says about everything behind it. */
const checkListed = async (
  probe: BucketProbe,
  listed: ListOutcome,
  subject: CheckSubject,
  region: Finding,
  signal: AbortSignal,
): Promise<Findings> => {
  const accepted = ok('The key and its secret belong together.', listed.durationMilliseconds);
  if (listed.ok) {
    const rights = await probeRights(
      probe,
      { prefix: subject.address.prefix, firstKey: listed.found.firstKey },
      signal,
    );
    return {
      ...allSkipped(''),
      credentials: accepted,
      region,
      list: ok('The keys below the prefix can be listed.', listed.durationMilliseconds),
      ...rights,
    };
  }
  switch (listed.failure.kind) {
    case 'credentials':
    case 'clock':
    case 'account':
      return { ...allSkipped('Not tried: the credentials are not accepted.'), credentials: failed(listed) };
    case 'region':
      return { ...allSkipped('Not tried: the region is not right yet.'), region };
    case 'bucketMissing':
      return {
        ...allSkipped('Not tried: there is no such bucket.'),
        credentials: accepted,
        region,
        list: failed(listed),
      };
    case 'unreachable':
    case 'tls':
    case 'protocol':
    case 'timeout':
    case 'endpointRefused':
      return { ...allSkipped('Not tried: the bucket cannot be reached.'), list: failed(listed) };
    case 'denied':
    case 'unsupported':
    case 'objectMissing':
    case 'busy':
    case 'condition':
    case 'encryption':
    case 'tooLarge':
    case 'other': {
      const rights = await probeRights(probe, { prefix: subject.address.prefix, firstKey: null }, signal);
      const works = [rights.put, rights.get].some(({ state }) => state === 'ok');
      const proven = works || (await areProven(probe, listed, subject.provider, signal));
      if (proven)
        return { ...allSkipped(''), credentials: accepted, region, list: failed(listed), ...rights };
      return {
        ...allSkipped('Not tried: the credentials may be wrong.'),
        credentials: failed(listed, {
          cause:
            'Everything was refused. This kind of server answers so to a wrong key, to a wrong secret and to missing rights.',
          next: 'Paste key and secret again; if they are right, grant them rights on this bucket.',
        }),
      };
    }
  }
};

/**
 * Whether a refusal proves that the signature was right. Where servers have a code for a wrong key they use it, so
 * "denied" means "known, and not allowed". Ceph with STS has not (and gives no words), but lets whoever is known list
 * their own buckets.
 */
const areProven = async (
  probe: BucketProbe,
  listed: ListOutcome & { ok: false },
  provider: ProviderId,
  signal: AbortSignal,
): Promise<boolean> => {
  const ambiguous = provider === 'ceph' || (provider !== 'aws' && listed.failure.message === null);
  return !ambiguous || (await probe.listBuckets(signal)).ok;
};

const describeReach = ({ clockAheadMilliseconds }: EndpointFacts, durationMilliseconds: number): Finding => {
  const skew = clockAheadMilliseconds ?? 0;
  if (Math.abs(skew) <= noticeableSkewMilliseconds) return ok('The endpoint answers.', durationMilliseconds);
  const minutes = Math.round(Math.abs(skew) / 60_000);
  const direction = skew > 0 ? 'behind' : 'ahead of';
  return ok(
    `The endpoint answers. The clock of this server is ${minutes} minute${minutes === 1 ? '' : 's'} ${direction} the bucket's; the check made up for it.`,
    durationMilliseconds,
    'Set the clock of this server by NTP: from 15 minutes on S3 refuses every request.',
  );
};

const describeRegion = (listed: ListOutcome, given: string, corrected: BucketAddress | null): Finding => {
  if (!listed.ok && listed.failure.kind === 'region') return failed(listed);
  if (corrected === null) return ok(`The region ${given} is accepted.`);
  return ok(`The bucket is in ${corrected.region}, not in ${given}; that is now set.`);
};
