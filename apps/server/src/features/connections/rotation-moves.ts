import type { RotationPhase } from '@windlass/contract';

/** Give a second key, use it, let the first one go; or go back. */
export const rotationMoves = ['start', 'promote', 'retire', 'cancel'] as const;
export type RotationMove = (typeof rotationMoves)[number];
/** `none`: one key, and no change under way. */
export type RotationState = RotationPhase | 'none';

const notStarted = { refused: 'No change of keys is under way: give a second key first.' };
const inUse = { refused: 'The second key is in use already: retire the first one, or go back to it.' };

/** Every move there is, and why the others are none. */
const moves: Record<RotationState, Record<RotationMove, RotationState | { refused: string }>> = {
  none: { start: 'candidate', promote: notStarted, retire: notStarted, cancel: notStarted },
  candidate: {
    // Another second key takes the place of the one before.
    start: 'candidate',
    promote: 'promoted',
    retire: { refused: 'The first key is still in use: promote the second one before.' },
    cancel: 'none',
  },
  promoted: { start: inUse, promote: inUse, retire: 'none', cancel: 'none' },
};

/**
 * Where a move leads, or why it may not be made.
 *
 * @example moveRotation('candidate', 'promote') // 'promoted'
 */
export const moveRotation = (state: RotationState, move: RotationMove): RotationState | { refused: string } =>
  moves[state][move];
