import type { ConnectionId, Refusal } from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';
import { keyFromName } from './key-from-name.ts';
import type { Wish } from './plan-tickets.ts';
import { refusalOf } from './refusals.ts';
import { renamedKey } from './renamed-key.ts';
import { findTakenKeys } from './transfer-store.ts';

/** Names that are tried for one file: `a (2).jpg` to `a (1000).jpg`. */
const mostNumbers = 1000;
/** Of them, so many are looked up together. */
const numbersAtOnce = 50;

interface Choice {
  chosen: { wish: Wish; key: string }[];
  refusals: Map<number, Refusal>;
}

interface Ground {
  connectionId: ConnectionId;
  connectionPrefix: string;
  /** Keys that the bucket has, as far as it was looked at. */
  occupied: ReadonlySet<string>;
}

const exists = (key: string, why: string): Refusal =>
  refusalOf({ code: 'objectExists', detail: `${key}: ${why}` });

/** Each file gets the key of its name, unless somebody has it. */
export const refuseTakenKeys = async (
  trx: Database,
  wishes: readonly Wish[],
  { connectionId, occupied }: Ground,
): Promise<Choice> => {
  const taken = await findTakenKeys(
    trx,
    connectionId,
    wishes.map(({ key }) => key),
  );
  const refusals: Choice['refusals'] = new Map();
  const chosen = new Map<string, Wish>();
  for (const wish of wishes) {
    const { key, index } = wish;
    if (chosen.has(key)) refusals.set(index, exists(key, 'another file of this call has the name.'));
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
  { connectionId, connectionPrefix, occupied }: Ground,
): Promise<Choice> => {
  const refusals: Choice['refusals'] = new Map();
  const chosen = new Map<string, Wish>();
  let waiting = wishes;
  for (let first = 1; waiting.length > 0 && first <= mostNumbers;) {
    const last = first === 1 ? 1 : Math.min(first + numbersAtOnce - 1, mostNumbers);
    const names = new Map(waiting.map((wish) => [wish, keysOf(wish, first, last)]));
    const taken = await findTakenKeys(trx, connectionId, [...new Set([...names.values()].flat())]);
    const left: Wish[] = [];
    for (const [wish, keys] of names) {
      const key = keys.find((name) => !taken.has(name) && !occupied.has(name) && !chosen.has(name));
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
  Array.from({ length: last - first + 1 }, (_, at) => (first + at === 1 ? key : renamedKey(key, first + at)));
