import { useEffect, useEffectEvent, useState } from 'react';
import { loadPicture, PictureRefused, type LoadedPicture } from '../../lib/load-picture.ts';

interface PictureState {
  /** The URL that `loaded` or `error` is about. */
  url: string | null;
  loaded: LoadedPicture | null;
  error: unknown;
}

const nothing: PictureState = { url: null, loaded: null, error: null };

/**
 * Loads a picture for the preview; the earlier one stays until the next is there.
 *
 * @param onRefused told the words of a refusal, and null once a picture was served
 */
export const usePicture = (
  url: string | undefined,
  onRefused?: (message: string | null) => void,
): PictureState & { busy: boolean } => {
  const [state, setState] = useState(nothing);
  const tell = useEffectEvent((message: string | null) => onRefused?.(message));
  useEffect(() => {
    if (url === undefined) return undefined;
    const gone = new AbortController();
    const load = async () => {
      try {
        const loaded = await loadPicture(url, gone.signal);
        // Left meanwhile: nobody else would free the bytes.
        if (gone.signal.aborted) URL.revokeObjectURL(loaded.objectUrl);
        else {
          setState({ url, loaded, error: null });
          tell(null);
        }
      } catch (error) {
        // The person sees it on the stage; an abort is nobody's news.
        if (gone.signal.aborted) return;
        setState({ url, loaded: null, error });
        tell(error instanceof PictureRefused ? error.message : null);
      }
    };
    void load();
    return () => gone.abort();
  }, [url]);
  const shown = state.loaded?.objectUrl;
  useEffect(() => (shown === undefined ? undefined : () => URL.revokeObjectURL(shown)), [shown]);
  return { ...state, busy: url !== undefined && state.url !== url };
};
