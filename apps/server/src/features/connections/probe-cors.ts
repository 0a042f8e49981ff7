import type { Job } from '@windlass/contract';
import { generateCors, guardHeaders, simulateCors } from '@windlass/policy/generate';
import type { EndpointGuard } from '../../platform/net/index.ts';
import { probePreflight, type BucketProbe } from '../../platform/s3/index.ts';
import { can, cannot, factsOf, notKnown, readRight, type Finding, type Findings } from './check-findings.ts';
import type { CheckSubject } from './check-subject.ts';
import { readsFromBrowsers, uploadsFromBrowsers } from './needs.ts';
import { probeKey } from './probe-keys.ts';
import { asRowStatement } from './row-statements.ts';
import type { ServerTraits } from './server-traits.ts';

/** Headers that our uploads set, and that a preflight therefore asks for. */
const uploadHeadersOf = ({ profile }: ServerTraits): string[] => [
  'content-type',
  'if-none-match',
  ...(profile.takesUnsigned === true ? guardHeaders : []),
];

const waiting = notKnown('No browser has tried yet.', {
  next: 'Press “Try from this browser” on the connection’s page.',
});

/** What of a browser's uploads can be seen from here: the rules where they may be read, and a preflight as it is. */
export const probeCors = async (
  probe: BucketProbe,
  guard: EndpointGuard,
  { address, jobs, origin }: CheckSubject,
  traits: ServerTraits,
  signal: AbortSignal,
): Promise<Findings> => {
  if (!uploadsFromBrowsers(jobs)) return {};
  const browser = { browserPut: waiting, browserGet: waiting, browserEtag: waiting };
  if (origin === null) {
    const unknown = notKnown('This server has no public address that a page could be opened at.');
    return { cors: unknown, preflight: unknown, ...browser };
  }
  const uploadHeaders = uploadHeadersOf(traits);
  const ask = (method: 'PUT' | 'GET', headers: readonly string[]) =>
    probePreflight(guard, address, probeKey(address.prefix), { origin, method, headers }, signal);
  const [rules, put, get] = await Promise.all([
    probe.cors(),
    ask('PUT', uploadHeaders),
    readsFromBrowsers(jobs) ? ask('GET', ['range']) : null,
  ]);
  const refused = [put, ...(get === null ? [] : [get])].find((one) => !one.ok || !one.found.allowed) ?? put;
  return {
    cors: describeRules(rules, origin, uploadHeaders),
    preflight: describePreflight(refused, jobs, origin, traits),
    ...browser,
  };
};

const describeRules = (
  rules: Awaited<ReturnType<BucketProbe['cors']>>,
  origin: string,
  headers: readonly string[],
): Finding => {
  if (!rules.ok) {
    const found = readRight(rules, { codes: ['NoSuchCORSConfiguration'], statuses: [404] });
    if (found.can === 'yes') return { ...found, cause: 'The bucket has no CORS rules.' };
    return found.can === 'no'
      ? { ...found, cause: 'The CORS rules cannot be read; the preflight shows how they act.', next: '' }
      : found;
  }
  const { reason } = simulateCors(rules.found.rules, { origin, method: 'PUT', headers });
  return can({
    durationMilliseconds: rules.durationMilliseconds,
    cause: `The CORS rules can be read. ${reason}`,
  });
};

const describePreflight = (
  outcome: Awaited<ReturnType<typeof probePreflight>>,
  jobs: readonly Job[],
  origin: string,
  traits: ServerTraits,
): Finding => {
  if (!outcome.ok)
    return notKnown(outcome.failure.cause, { ...factsOf(outcome), next: outcome.failure.next });
  if (outcome.found.allowed)
    return can({
      durationMilliseconds: outcome.durationMilliseconds,
      cause: `A page of ${origin} may send its requests to the bucket.`,
    });
  const rules = generateCors(jobs, [origin], traits.profile);
  return cannot({
    durationMilliseconds: outcome.durationMilliseconds,
    cause: `CORS keeps pages of ${origin} from uploading: ${outcome.found.refusal}.`,
    next:
      rules === null
        ? `${traits.profile.name} has no CORS rules of buckets: have its operator allow ${origin} for the whole server.`
        : 'Add the rule below to the bucket’s CORS configuration. PutBucketCors replaces all rules: keep those that are there.',
    statement: asRowStatement('add', rules),
  });
};
