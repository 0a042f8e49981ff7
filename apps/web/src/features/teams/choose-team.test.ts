import { teamId, type Membership } from '@windlass/contract';
import { expect, it } from 'vitest';
import { chooseTeam, hasRole } from './choose-team.ts';

const membership = (digit: string): Membership => ({
  teamId: teamId.parse(`team_0${digit.repeat(25)}`),
  teamName: digit,
  role: 'member',
});
const [a, b, c] = [membership('1'), membership('2'), membership('3')];

it('takes the team of the address before the one chosen last', () => {
  expect(chooseTeam([a, b, c], c.teamId, b.teamId)).toBe(c);
  expect(chooseTeam([a, b, c], undefined, b.teamId)).toBe(b);
});

it('falls back to a team that one is in', () => {
  expect(chooseTeam([a, b], c.teamId, null)).toBe(a);
  expect(chooseTeam([], c.teamId, null)).toBeUndefined();
});

it('lets an owner do what an admin may, and not the other way round', () => {
  expect(hasRole('owner', 'admin')).toBe(true);
  expect(hasRole('admin', 'owner')).toBe(false);
});
