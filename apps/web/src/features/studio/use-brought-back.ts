import { useState, type Dispatch } from 'react';
import { examples } from './state/examples.ts';
import type { StudioAction } from './state/studio-reducer.ts';
import type { CheckState, Studio } from './state/studio-state.ts';

interface BroughtBack {
  /** As the one that was handed in, and keeps what a person would lose by it. */
  dispatch: Dispatch<StudioAction>;
  /** Brings back what was lost last; null where nothing was. */
  bringBack: (() => void) | null;
  forget: () => void;
}

/** Examples can be had again. */
const isExample = ({ documents }: CheckState): boolean =>
  examples.some(({ check }) => JSON.stringify(check.documents) === JSON.stringify(documents));

const loses = (action: StudioAction): boolean =>
  action.type === 'remove' || (action.type === 'load' && action.part.view === 'check');

/** Keeps the documents that another choice took the place of, so that they can be brought back. */
export const useBroughtBack = (studio: Studio, dispatch: Dispatch<StudioAction>): BroughtBack => {
  const [lost, setLost] = useState<CheckState | null>(null);
  return {
    dispatch: (action) => {
      if (loses(action)) setLost(isExample(studio.check) ? null : studio.check);
      dispatch(action);
    },
    bringBack:
      lost === null
        ? null
        : () => {
            dispatch({ type: 'load', part: { view: 'check', state: lost } });
            setLost(null);
          },
    forget: () => setLost(null),
  };
};
