import { createHash } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { UploadGrantId } from '@windlass/contract';
import type { UploadJournal } from '@windlass/transfer';
import { createLineFile } from './line-file.ts';

/** What a journal says of one file. */
type Entry =
  | { kind: 'grant'; token: string; grantId: UploadGrantId; expiresAt: string }
  | { kind: 'upload'; fingerprint: string; transferId: string }
  | { kind: 'done'; name: string; size: number; lastModified: number; key: string };

export interface KeptGrant {
  token: string;
  grantId: UploadGrantId;
  expiresAt: string;
}

/**
 * Remembers, for one destination, which uploads are under way and which files are done, so that the same command goes on
 * after a crash. Lines are appended and never changed: a line that was cut off by the crash is left out. The file holds the
 * token of the upload grant, so it is the person's alone (mode 0600).
 */
export interface FileJournal extends UploadJournal {
  readonly grant: KeptGrant | null;
  /** An earlier run has left something to go on with. */
  readonly isBegun: boolean;
  keepGrant(grant: KeptGrant): Promise<void>;
  /** The key of a file that an earlier run has put there; null for one that it has not. */
  doneBefore(file: { name: string; size: number; lastModified: number }): string | null;
  keepDone(file: { name: string; size: number; lastModified: number }, key: string): Promise<void>;
  /** Everything is there: nothing is to be gone on with. */
  end(): Promise<void>;
}

/** XDG Base Directory: state that should survive restarts and is of no use elsewhere. */
const stateFolder = (environment: NodeJS.ProcessEnv): string =>
  join(environment['XDG_STATE_HOME'] || join(homedir(), '.local/state'), 'windlass/uploads');

/** @param destination everything that makes a destination another: server, key, connection, prefix */
export const journalPath = (environment: NodeJS.ProcessEnv, destination: readonly string[]): string =>
  join(
    stateFolder(environment),
    `${createHash('sha256').update(JSON.stringify(destination)).digest('base64url').slice(0, 32)}.jsonl`,
  );

/**
 * @param onTrouble the first time that it cannot be read or written: the upload goes on, and cannot be gone on with
 */
export const openJournal = async (path: string, onTrouble: (error: Error) => void): Promise<FileJournal> => {
  let isTold = false;
  const tell = (error: Error): void => {
    if (!isTold) onTrouble(error);
    isTold = true;
  };
  const text = await readText(path).catch((error: Error) => {
    tell(error);
    return '';
  });
  const entries = readEntries(text);
  const uploads = new Map<string, string>();
  const done = new Map<string, string>();
  let grant: KeptGrant | null = null;
  for (const entry of entries) {
    if (entry.kind === 'grant') {
      // Uploads of the grant before are not this one's.
      grant = entry;
      uploads.clear();
    } else if (entry.kind === 'upload') uploads.set(entry.fingerprint, entry.transferId);
    else done.set(doneKey(entry), entry.key);
  }

  const lines = createLineFile(path, { fresh: text === '' || text.endsWith('\n') });
  const append = (entry: Entry): Promise<void> => lines.append(JSON.stringify(entry)).catch(tell);

  return {
    isBegun: entries.length > 0,
    get grant() {
      return grant;
    },
    keepGrant: (given) => {
      grant = given;
      uploads.clear();
      return append({ kind: 'grant', ...given });
    },
    find: async (fingerprint) => uploads.get(fingerprint) ?? null,
    keep: (fingerprint, transferId) => {
      uploads.set(fingerprint, transferId);
      return append({ kind: 'upload', fingerprint, transferId });
    },
    // Of this process only. A crash may come between this and the line that says `done`: then the server is asked what became
    // of the upload, and answers with its receipt. What was begun anew has a later line.
    forget: async (fingerprint) => {
      uploads.delete(fingerprint);
    },
    doneBefore: (file) => done.get(doneKey(file)) ?? null,
    keepDone: (file, key) => {
      done.set(doneKey(file), key);
      const { name, size, lastModified } = file;
      return append({ kind: 'done', name, size, lastModified, key });
    },
    end: async () => {
      await lines
        .settled()
        .then(() => rm(path, { force: true }))
        .catch(tell);
    },
  };
};

const doneKey = (file: { name: string; size: number; lastModified: number }): string =>
  JSON.stringify([file.name, file.size, file.lastModified]);

const readText = (path: string): Promise<string> =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });

const readEntries = (text: string): Entry[] =>
  text.split('\n').flatMap((line) => {
    try {
      // What this very file was written with.
      return line === '' ? [] : [JSON.parse(line) as Entry];
    } catch {
      return [];
    }
  });
