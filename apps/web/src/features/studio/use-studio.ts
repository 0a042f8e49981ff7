import { useDebouncedCallback } from '@mantine/hooks';
import { useEffect, useEffectEvent, useReducer, useState, type Dispatch } from 'react';
import { stripFragment } from '../../lib/fragment-token.ts';
import { readDraft, writeDraft } from './state/draft.ts';
import { firstStudio } from './state/examples.ts';
import { fromFragment, SharedLinkError } from './state/share-link.ts';
import { studioReducer, type StudioAction } from './state/studio-reducer.ts';
import type { Studio } from './state/studio-state.ts';
import type { StudioView } from './state/studio-views.ts';

const saveAfterMilliseconds = 300;

interface StudioInPage {
  studio: Studio;
  dispatch: Dispatch<StudioAction>;
  /** Why the link that was opened could not be read. */
  refused: SharedLinkError | null;
}

/**
 * What the studio holds: from the link that was opened, else what this tab held, else the first example. Kept in the
 * tab's own storage from then on.
 *
 * @param onView called when a link asks for a view.
 */
export const useStudio = (onView: (view: StudioView) => void): StudioInPage => {
  const [studio, dispatch] = useReducer(studioReducer, null, () => readDraft() ?? firstStudio);
  const [refused, setRefused] = useState<SharedLinkError | null>(null);
  const save = useDebouncedCallback(writeDraft, { delay: saveAfterMilliseconds, flushOnUnmount: true });

  useEffect(() => {
    save(studio);
    // A tab may be closed or loaded again at once after the last key stroke.
    const saveNow = () => writeDraft(studio);
    window.addEventListener('pagehide', saveNow);
    return () => window.removeEventListener('pagehide', saveNow);
  }, [studio, save]);

  const openLink = useEffectEvent(async () => {
    try {
      const part = await fromFragment(window.location.hash);
      if (part === null) return;
      dispatch({ type: 'load', part });
      setRefused(null);
      // From here on the draft is the truth: a reload must not bring back what the link held.
      stripFragment();
      onView(part.view);
    } catch (error) {
      if (!(error instanceof SharedLinkError)) throw error;
      setRefused(error);
    }
  });
  useEffect(() => {
    const open = () => void openLink();
    open();
    window.addEventListener('hashchange', open);
    return () => window.removeEventListener('hashchange', open);
  }, []);

  return { studio, dispatch, refused };
};
