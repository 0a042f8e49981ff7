import { teamId } from '@windlass/contract';
import { expect, it } from 'vitest';
import { newId } from '../../kernel/new-id.ts';
import { createZipPlaces } from './zip-places.ts';

const createTakers = (perAddress: number) => {
  const places = createZipPlaces({ places: 12, perAddress });
  /** So many places as the team gets, each at an address of its own unless one is given. */
  const takeAll = (team: string, address?: string): (() => void)[] => {
    const taken: (() => void)[] = [];
    for (;;) {
      try {
        taken.push(
          places.take({
            teamId: teamId.parse(team),
            address: address ?? `${team} ${taken.length} ${Math.random()}`,
          }),
        );
      } catch {
        return taken;
      }
    }
  };
  return { places, takeAll };
};
const [one, two, three] = [newId('team'), newId('team'), newId('team')];

it('gives one team half of the places, and every later one a share of what is left', () => {
  const { takeAll } = createTakers(12);
  expect([one, two, three].map((team) => takeAll(team).length)).toEqual([6, 3, 2]);
});

it('gives an address a few places, whosever links it reads', () => {
  const { takeAll } = createTakers(2);
  expect(takeAll(one, '192.0.2.1')).toHaveLength(2);
  expect(takeAll(two, '192.0.2.1')).toHaveLength(0);
  expect(takeAll(one, '192.0.2.2')).toHaveLength(2);
});

it('has a place again once a reader has left, however often that is said', () => {
  const { places, takeAll } = createTakers(1);
  const [leave] = takeAll(one, '192.0.2.1');
  leave?.();
  leave?.();
  places.take({ teamId: one, address: '192.0.2.1' });
  expect(() => places.take({ teamId: one, address: '192.0.2.1' })).toThrow('to your address');
});
