import { expect, it } from 'vitest';
import { moveRotation, rotationMoves, type RotationMove, type RotationState } from './rotation-moves.ts';

const walk = (...path: RotationMove[]): RotationState | { refused: string } => {
  let state: RotationState = 'none';
  for (const move of path) {
    const next = moveRotation(state, move);
    if (typeof next !== 'string') return next;
    state = next;
  }
  return state;
};

it.each([
  [['start'], 'candidate'],
  [['start', 'start'], 'candidate'],
  [['start', 'cancel'], 'none'],
  [['start', 'promote'], 'promoted'],
  [['start', 'promote', 'cancel'], 'none'],
  [['start', 'promote', 'retire'], 'none'],
] as const)('%j leads to %s', (path, expected) => expect(walk(...path)).toBe(expected));

it.each([
  [['promote'], 'give a second key'],
  [['start', 'retire'], 'promote the second'],
  [['start', 'promote', 'start'], 'in use already'],
  [['start', 'promote', 'promote'], 'in use already'],
] as const)('%j is refused: %s', (path, words) => {
  const refusal = walk(...path);
  expect(typeof refusal === 'string' ? refusal : refusal.refused).toContain(words);
});

it('can always be ended once it was begun', () => {
  for (const state of ['candidate', 'promoted'] as const) expect(moveRotation(state, 'cancel')).toBe('none');
  expect(rotationMoves).toContain('cancel');
});
