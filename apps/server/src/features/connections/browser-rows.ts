import type { CheckRow, finishBrowserProbe, Job, OperationInput } from '@windlass/contract';
import { generateCors } from '@windlass/policy/generate';
import { can, cannot, notKnown, type Finding, type Findings } from './check-findings.ts';
import { asRowStatement } from './row-statements.ts';
import type { ServerTraits } from './server-traits.ts';

type Seen = OperationInput<typeof finishBrowserProbe>['body']['results'][number];

export interface BrowserScope {
  jobs: readonly Job[];
  origin: string;
  traits: ServerTraits;
  /** False where the part was for an upload that does not exist: its answer has no ETag. */
  realUpload: boolean;
}

/** What a page saw, as rows have it. Steps that it did not report are left out. */
export const readBrowserResults = (results: readonly Seen[], scope: BrowserScope): Findings => {
  const put = results.find(({ step }) => step === 'put');
  const get = results.find(({ step }) => step === 'get');
  return {
    ...(put === undefined
      ? {}
      : { browserPut: describePut(put, scope), browserEtag: describeEtag(put, scope) }),
    ...(get === undefined ? {} : { browserGet: describeGet(get, scope) }),
  };
};

const describePut = (seen: Seen, scope: BrowserScope): Finding => {
  const { status, durationMilliseconds } = seen;
  if (status === null) return unseen('upload', seen, scope);
  const came = scope.realUpload ? status === 200 : status === 404;
  return came
    ? can({ cause: 'A page can upload straight to the bucket.', durationMilliseconds })
    : refused('An upload', seen);
};

const describeGet = (seen: Seen, scope: BrowserScope): Finding => {
  const { status, durationMilliseconds } = seen;
  if (status === null) return unseen('read', seen, scope);
  // 404: nothing is there yet. 416: an empty object has no first byte.
  return [200, 206, 404, 416].includes(status)
    ? can({ cause: 'A page can read straight from the bucket.', durationMilliseconds })
    : refused('A read', seen);
};

const describeEtag = ({ status, etag, durationMilliseconds }: Seen, scope: BrowserScope): Finding => {
  if (status !== 200 || !scope.realUpload)
    return notKnown('Only an upload that succeeds has an ETag, and none could be tried.', {
      durationMilliseconds,
    });
  return etag === null
    ? cannot({
        durationMilliseconds,
        cause:
          'The upload came through, but the page may not see its ETag: an upload in parts could not be completed.',
        next: 'Expose ETag by the CORS rule (ExposeHeaders).',
        statement: asRowStatement('add', generateCors(scope.jobs, [scope.origin], scope.traits.profile)),
      })
    : can({ durationMilliseconds, cause: 'A page can see the ETag of what it uploaded.' });
};

/** The browser tells a page no more than that nothing came back (Fetch: network error). */
const unseen = (deed: string, { durationMilliseconds }: Seen, scope: BrowserScope): Finding => {
  const rules = generateCors(scope.jobs, [scope.origin], scope.traits.profile);
  return cannot({
    durationMilliseconds,
    cause: `The browser got no answer that it may show to the page: CORS keeps it from the ${deed}, or the bucket cannot be reached from there.`,
    next:
      rules === null
        ? 'Have the operator of the server allow the origin of this page.'
        : 'If the preflight row is well, look at the network of the browser; else add the CORS rule below.',
    statement: asRowStatement('add', rules),
  });
};

const refused = (what: string, { status, durationMilliseconds }: Seen): Finding =>
  cannot({
    durationMilliseconds,
    cause: `${what} got past CORS, and the bucket answered with ${status}.`,
    next: 'See the rows about writing and reading, and the clock of this server.',
  });

const browserRows = ['browserPut', 'browserGet', 'browserEtag'] as const;

/**
 * Rows of a new check with what a browser saw before: a check on the server cannot see it, and what went well goes on to,
 * as long as the preflight does.
 */
export const keepBrowserRows = (rows: readonly CheckRow[], before: readonly CheckRow[]): CheckRow[] => {
  const preflight = rows.some(({ id, state }) => id === 'preflight' && state === 'ok');
  return rows.map((row) => {
    if (!preflight || !browserRows.some((id) => id === row.id) || row.can !== 'unknown') return row;
    return before.find(({ id, state }) => id === row.id && state === 'ok') ?? row;
  });
};
