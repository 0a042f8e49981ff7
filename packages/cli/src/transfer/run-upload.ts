import {
  createUploadGrant,
  listUploads,
  revokeUploadGrant,
  type ConnectionId,
  type TeamId,
  type UploadGrantId,
} from '@windlass/contract';
import { apiFrom, requireServer } from '../api/api-from.ts';
import { ApiFailure, callApi, type Api } from '../api/call-api.ts';
import { printable, type CommandOutput } from '../command-output.ts';
import { UsageError } from '../usage-error.ts';
import { findConnection, parseBucketPath, prefixOf } from './bucket-path.ts';
import { collectFiles, type LocalFile } from './collect-files.ts';
import { sendFiles, type SendOptions } from './send-files.ts';
import { reportUpload } from './upload-report.ts';
import { journalPath, openJournal, type FileJournal, type KeptGrant } from './upload-journal.ts';

export interface UploadOptions extends SendOptions {
  /** Absent: to where the upload grant in the environment leads. */
  to?: string;
  url: string;
}

/** Long enough for a slow line; the token of a finished run is revoked at once. */
const grantSeconds = 7 * 24 * 60 * 60;
/** A grant that ends so soon is not begun with. */
const graceMilliseconds = 60 * 60 * 1000;

/** Returns the exit code: 1 where a file did not get there; the others did. */
export const runUpload = async (
  paths: readonly string[],
  options: UploadOptions,
  environment: NodeJS.ProcessEnv,
  output: CommandOutput,
): Promise<number> => {
  const run = { options, environment, output };
  const token = environment['WINDLASS_UPLOAD_TOKEN'] ?? '';
  if (options.to === undefined && token === '')
    throw new UsageError('give --to <CONNECTION[/PREFIX]>, or set WINDLASS_UPLOAD_TOKEN to an upload grant');
  const start = options.to === undefined ? byToken(token, run) : byKey(options.to, run);
  const { files, skipped } = await collectFiles(paths);
  if (files.length === 0) throw new UsageError('there is no file in what was given');
  if (skipped > 0) output.warn(`${skipped} links and special files were left out\n`);
  try {
    return await start(files);
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
    output.warn(`error: ${printable(error.message)}\n`);
    return 1;
  }
};

interface Run {
  options: UploadOptions;
  environment: NodeJS.ProcessEnv;
  output: CommandOutput;
}
/** Its usage is judged before the first file is looked for. */
type Start = (files: readonly LocalFile[]) => Promise<number>;

/** With an API key: by a grant that this makes, and ends when every file is there. */
const byKey = (to: string, { options, environment, output }: Run): Start => {
  const api = apiFrom(
    options.url,
    environment['WINDLASS_API_KEY'],
    'team:read, connections:read and transfers:write',
  );
  const target = parseBucketPath(to);
  const prefix = prefixOf(target);
  return async (files) => {
    const { teamId, connection } = await findConnection(api, target.connection);
    const path = journalPath(environment, [api.url, api.key, connection.id, prefix]);
    const journal = await openJournal(path, warnOfJournal(path, output));
    const before = journal.grant;
    const grant = await grantFor(api, teamId, { connectionId: connection.id, prefix }, journal);
    return send(
      files,
      { url: api.url, token: grant.token, journal, options, output },
      {
        resumed: grant === before,
        place: `${connection.bucket}/${connection.prefix}${prefix}`,
        // After the journal: a grant that nobody knows of any more runs out, a journal of one that has ended would be in the way.
        end: () => endGrant(api, { teamId, uploadGrantId: grant.grantId }),
      },
    );
  };
};

/** With somebody's upload grant, which is theirs to end; where it leads is not told to its holder. */
const byToken = (token: string, { options, environment, output }: Run): Start => {
  const url = requireServer(options.url);
  if (!/^wu_[\w-]{43}$/.test(token))
    throw new UsageError(
      'WINDLASS_UPLOAD_TOKEN is no token of an upload grant: one is wu_ and 43 characters, copied whole',
    );
  return async (files) => {
    // Once, and not for each of ten thousand files.
    await callApi({ url, key: token }, listUploads, { query: { limit: 1 } });
    const path = journalPath(environment, [url, token]);
    const journal = await openJournal(path, warnOfJournal(path, output));
    return send(
      files,
      { url, token, journal, options, output },
      {
        resumed: journal.isBegun,
        place: 'where the upload grant leads',
        end: async () => {},
      },
    );
  };
};

const warnOfJournal =
  (path: string, output: CommandOutput) =>
  ({ message }: Error): void =>
    output.warn(
      `${printable(path)} cannot be used, so that a run that breaks off begins anew: ${printable(message)}\n`,
    );

const send = async (
  files: readonly LocalFile[],
  run: Parameters<typeof sendFiles>[1],
  { resumed, place, end }: { resumed: boolean; place: string; end: () => Promise<void> },
): Promise<number> => {
  const began = performance.now();
  const results = await sendFiles(files, run);
  const seconds = (performance.now() - began) / 1000;
  const failed = results.filter(({ state }) => state === 'failed');
  if (failed.length === 0) {
    await run.journal.end();
    await end();
  }
  reportUpload(results, { seconds, resumed, options: run.options, output: run.output, place });
  return failed.length === 0 ? 0 : 1;
};

/** The one of the run before, so that its uploads can go on, or a new one. */
const grantFor = async (
  api: Api,
  teamId: TeamId,
  place: { connectionId: ConnectionId; prefix: string },
  journal: FileJournal,
): Promise<KeptGrant> => {
  const kept = journal.grant;
  const lasts = kept !== null && Date.parse(kept.expiresAt) > Date.now() + graceMilliseconds;
  if (lasts && (await isGood(api, kept.token))) return kept;
  // What it has under way holds the names of the files.
  if (kept !== null) await endGrant(api, { teamId, uploadGrantId: kept.grantId });
  const made = await callApi(api, createUploadGrant, {
    params: { teamId },
    body: { ...place, expiresInSeconds: grantSeconds },
  });
  const grant = { token: made.token, grantId: made.grant.id, expiresAt: made.grant.expiresAt };
  await journal.keepGrant(grant);
  return grant;
};

/** Somebody may have revoked it in the meantime. */
const isGood = async ({ url }: Api, token: string): Promise<boolean> => {
  try {
    await callApi({ url, key: token }, listUploads, { query: { limit: 1 } });
    return true;
  } catch (error) {
    if (error instanceof ApiFailure) return false;
    throw error;
  }
};

/** The files are there: that its token lives on until it runs out, in nobody's hands, makes no failure of them. */
const endGrant = async (api: Api, at: { teamId: TeamId; uploadGrantId: UploadGrantId }): Promise<void> => {
  try {
    await callApi(api, revokeUploadGrant, { params: at });
  } catch (error) {
    if (!(error instanceof ApiFailure)) throw error;
  }
};
