import type { ConnectionId, Refusal, TeamId, UploadGrantId } from '@windlass/contract';
import { foldersOf } from '../../kernel/folders-of.ts';
import { renamedPath } from '../../kernel/renamed-path.ts';
import type { Database } from '../../platform/db/index.ts';
import { keyFromName } from './key-from-name.ts';
import { findFiles, findFolders } from './folder-store.ts';
import type { Wish } from './plan-tickets.ts';
import { refusalOf } from './refusals.ts';
import { findTakenKeys, type TransferAt } from './transfer-store.ts';

/** Names that are tried for one file: `a (2).jpg` to `a (1000).jpg`. */
const mostNumbers = 1000;
/** Of them, so many are looked up together. */
const numbersAtOnce = 50;

interface Choice {
  chosen: { wish: Wish; key: string }[];
  refusals: Map<number, Refusal>;
}

interface Ground {
  grantId: UploadGrantId;
  teamId: TeamId;
  connectionId: ConnectionId;
  connectionPrefix: string;
  /** Keys that the bucket has, as far as it was looked at. */
  occupied: ReadonlySet<string>;
}

const exists = (key: string, why: string): Refusal =>
  refusalOf({ code: 'objectExists', detail: `${key}: ${why}` });

/**
 * A bucket holds `x` beside `x/y.jpg`; no disk does, so nobody could unpack or download both. Such files of one grant are told
 * apart: what is to be below a file is refused, whatever the grant says, and a file may not have the name of a folder.
 *
 * @param folders those of this call
 */
const refuseBelowFiles = async (
  trx: Database,
  wishes: readonly Wish[],
  folders: ReadonlySet<string>,
  at: TransferAt,
): Promise<{ rest: readonly Wish[]; refusals: Choice['refusals'] }> => {
  const refusals: Choice['refusals'] = new Map();
  const files = await findFiles(trx, at, [...folders]);
  const rest = wishes.filter(({ index, key }) => {
    const file = foldersOf(key).find((folder) => files.has(folder));
    if (file === undefined) return true;
    const detail = `${file} is a file already, and nothing can be below it.`;
    refusals.set(index, refusalOf({ code: 'nameRefused', detail }));
    return false;
  });
  return { rest, refusals };
};

/** Each file gets the key of its name, unless somebody has it. */
export const refuseTakenKeys = async (
  trx: Database,
  wishes: readonly Wish[],
  { connectionId, occupied, ...at }: Ground,
): Promise<Choice> => {
  const folders = new Set(wishes.flatMap(({ key }) => foldersOf(key)));
  const { rest, refusals } = await refuseBelowFiles(trx, wishes, folders, at);
  const keys = rest.map(({ key }) => key);
  const taken = await findTakenKeys(trx, connectionId, keys);
  const above = await findFolders(trx, at, keys);
  const chosen = new Map<string, Wish>();
  for (const wish of rest) {
    const { key, index } = wish;
    if (chosen.has(key)) refusals.set(index, exists(key, 'another file of this call has the name.'));
    else if (folders.has(key) || above.has(key))
      refusals.set(index, exists(key, 'it is the folder of another file.'));
    else if (taken.get(key) === 'underWay')
      refusals.set(index, exists(key, 'another upload of this name is under way.'));
    else if (occupied.has(key)) refusals.set(index, exists(key, 'there is such an object in the bucket.'));
    else chosen.set(key, wish);
  }
  return { chosen: [...chosen].map(([key, wish]) => ({ wish, key })), refusals };
};

/** Each file gets the first free key: that of its name, else with a number behind it. */
export const renameTakenKeys = async (
  trx: Database,
  wishes: readonly Wish[],
  { connectionId, connectionPrefix, occupied, ...at }: Ground,
): Promise<Choice> => {
  const folders = new Set(wishes.flatMap(({ key }) => foldersOf(key)));
  const { rest, refusals } = await refuseBelowFiles(trx, wishes, folders, at);
  const chosen = new Map<string, Wish>();
  let waiting = rest;
  for (let first = 1; waiting.length > 0 && first <= mostNumbers;) {
    const last = first === 1 ? 1 : Math.min(first + numbersAtOnce - 1, mostNumbers);
    const names = new Map(waiting.map((wish) => [wish, keysOf(wish, first, last)]));
    const all = [...new Set([...names.values()].flat())];
    const taken = await findTakenKeys(trx, connectionId, all);
    const above = await findFolders(trx, at, all);
    const isFree = (name: string): boolean =>
      ![taken, occupied, chosen, folders, above].some((others) => others.has(name));
    const left: Wish[] = [];
    for (const [wish, keys] of names) {
      const key = keys.find(isFree);
      if (key === undefined) left.push(wish);
      else if ('reason' in keyFromName('', key, { connectionPrefix, reserved: [] }))
        refusals.set(
          wish.index,
          refusalOf({
            code: 'nameRefused',
            detail: `The name is taken, and with a number behind it too long.`,
          }),
        );
      else chosen.set(key, wish);
    }
    waiting = left;
    first = last + 1;
  }
  for (const { key, index } of waiting) {
    refusals.set(index, exists(key, `there are ${mostNumbers} of this name.`));
  }
  return { chosen: [...chosen].map(([key, wish]) => ({ wish, key })), refusals };
};

const keysOf = ({ key }: Wish, first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_, at) =>
    first + at === 1 ? key : renamedPath(key, first + at),
  );
