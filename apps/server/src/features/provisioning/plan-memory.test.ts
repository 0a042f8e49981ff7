import { expect, test } from 'vitest';
import { createMovingClock } from '../../../../../tests/support/moving-clock.ts';
import { newId } from '../../kernel/new-id.ts';
import { createPlanMemory } from './plan-memory.ts';

const place = () => ({ teamId: newId('team'), connectionId: newId('con'), provisioningId: newId('prv') });

test('gives a plan once, to its own team and connection', () => {
  using memory = createPlanMemory<string>({ clock: createMovingClock() });
  const at = place();
  memory.put(at, 'plan');
  expect(memory.take({ ...at, teamId: newId('team') })).toBeNull();
  expect(memory.take({ ...at, connectionId: newId('con') })).toBeNull();
  expect(memory.take({ ...at, provisioningId: newId('prv') })).toBeNull();
  expect(memory.take(at)).toBe('plan');
  expect(memory.take(at)).toBeNull();
});

test('forgets a plan after ten minutes', () => {
  const clock = createMovingClock();
  using memory = createPlanMemory<string>({ clock });
  const [first, second] = [place(), place()];
  memory.put(first, 'first');
  expect(memory.put(second, 'second').getTime() - clock.now().getTime()).toBe(600_000);
  clock.forward({ seconds: 599 });
  expect(memory.take(first)).toBe('first');
  clock.forward({ seconds: 1 });
  expect(memory.take(second)).toBeNull();
});

test('holds no more than ten of one team', () => {
  using memory = createPlanMemory<string>({ clock: createMovingClock() });
  const { teamId } = place();
  const mine = Array.from({ length: 10 }, () => ({ ...place(), teamId }));
  for (const at of mine) memory.put(at, 'plan');
  expect(() => memory.put({ ...place(), teamId }, 'plan')).toThrow('Too many plans');
  memory.put(place(), 'of another team');
  const [first] = mine;
  if (first !== undefined) memory.take(first);
  memory.put({ ...place(), teamId }, 'plan');
});

test('holds one plan for a connection: a newer one takes its place', () => {
  using memory = createPlanMemory<string>({ clock: createMovingClock() });
  const older = place();
  const newer = { ...older, provisioningId: newId('prv') };
  memory.put(older, 'older');
  memory.put(newer, 'newer');
  expect(memory.take(older)).toBeNull();
  expect(memory.take(newer)).toBe('newer');
});

test('is empty once it is disposed', () => {
  const memory = createPlanMemory<string>({ clock: createMovingClock() });
  const at = place();
  memory.put(at, 'plan');
  memory[Symbol.dispose]();
  expect(memory.take(at)).toBeNull();
});
