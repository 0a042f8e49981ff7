import { studioSchema, type Studio } from './studio-state.ts';

const storageKey = 'windlass-studio';

/** What this tab held before it was loaded again; null where there is nothing, or nothing that can be read. */
export const readDraft = (): Studio | null => {
  try {
    const parsed = studioSchema.safeParse(JSON.parse(sessionStorage.getItem(storageKey) ?? 'null'));
    return parsed.success ? parsed.data : null;
  } catch {
    // Storage may be closed or hold what an older page wrote; the studio then opens with its example.
    return null;
  }
};

/** Keeps the draft until the tab is closed. It stays on this machine. */
export const writeDraft = (studio: Studio): void => {
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(studio));
  } catch {
    // Storage may be closed or full; the page works without, and only a reload begins anew.
  }
};
