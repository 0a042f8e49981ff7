import { expect, test } from 'vitest';
import { isOver, itemEvents, moveItem } from './item-moves.ts';
import { uploadItemStates } from './upload-item.ts';

test('what is over stays over, unless it is tried again or turns out to be received', () => {
  for (const state of uploadItemStates.filter(isOver)) {
    const next = itemEvents.filter((event) => moveItem(state, event) !== null);
    expect(next).toEqual({ done: [], failed: ['retry', 'cancel'], cancelled: ['received'] }[state as 'done']);
  }
});

test('from every state that is not over a file can be paused or resumed, and cancelled', () => {
  for (const state of uploadItemStates.filter((candidate) => !isOver(candidate))) {
    expect(moveItem(state, 'cancel')).toBe('cancelled');
    expect(moveItem(state, state === 'paused' ? 'resume' : 'pause')).not.toBeNull();
  }
});
