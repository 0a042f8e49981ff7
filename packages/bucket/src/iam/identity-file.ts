import { randomBytes } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { AccessKey, IdentityRecords } from './identity-records.ts';

/** Version 1 knew users with keys; each could do everything in its own buckets, which is what an owner can. */
interface Version1 {
  version: 1;
  users: { userId: string; name: string; keys: AccessKey[] }[];
}
type Version2 = { version: 2 } & IdentityRecords;

export interface IdentityFile {
  /** As it was left; without a file, nobody. */
  read(): Promise<IdentityRecords>;
  /** On the disk, whole, when the promise resolves; until then what was there before. */
  write(records: IdentityRecords): Promise<void>;
}

/**
 * `users.json` in the data folder. SigV4 needs the secrets themselves, so the file is readable by its owner only. It keeps
 * the name it had when it held users alone: operators know it as the place of the first keys.
 */
export const createIdentityFile = (dataDirectory: string): IdentityFile => {
  const path = join(dataDirectory, 'users.json');

  const read = async (): Promise<IdentityRecords> => {
    let text: string;
    try {
      text = await readFile(path, 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return nobody();
      throw error;
    }
    // The file is written by this module only and lies in a private folder; its shape is trusted once the version fits.
    const document = JSON.parse(text) as Version1 | Version2;
    switch (document.version) {
      case 1:
        return fromVersion1(document);
      case 2: {
        const { version: _version, ...records } = document;
        return records;
      }
      default:
        throw new Error(`${path} has an unknown version.`);
    }
  };

  const write = async (records: IdentityRecords): Promise<void> => {
    const temporary = `${path}.new`;
    const document: Version2 = { version: 2, ...records };
    const file = await open(temporary, 'w', 0o600);
    try {
      // The mode above counts for a new file only, and a crash may have left this one.
      await file.chmod(0o600);
      await file.writeFile(`${JSON.stringify(document, null, 2)}\n`);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
    await using folder = await open(dataDirectory, 'r');
    await folder.sync();
  };

  return { read, write };
};

const nobody = (): IdentityRecords => ({
  users: [],
  roles: [],
  providers: [],
  // Written with the first role at the latest, so that no session is sealed with a key that is not kept.
  sessionKey: randomBytes(32).toString('base64'),
});

const fromVersion1 = ({ users }: Version1): IdentityRecords => ({
  ...nobody(),
  users: users.map(({ userId, name, keys }) => ({
    userId,
    name,
    path: '/',
    standing: 'owner',
    createdAt: null,
    keys,
    policies: [],
    boundary: null,
  })),
});
