/** A place on the person's own disk that takes a stream (File System Access; Chromium has it, on https and localhost). */
interface PickedFile {
  createWritable: () => Promise<WritableStream<Uint8Array>>;
}
type Picker = (options: { suggestedName: string }) => Promise<PickedFile>;

const picker = (): Picker | null => {
  const found: unknown = Reflect.get(globalThis, 'showSaveFilePicker');
  // The type of a browser's own function that TypeScript's DOM library does not have.
  return typeof found === 'function' ? (found.bind(globalThis) as Picker) : null;
};

/** Whether a download of any size can be written while it is made. */
export const canStreamToDisk = (): boolean => picker() !== null;

/**
 * Asks where to save. To be called in the click itself: browsers open the dialog for nothing less.
 *
 * @returns null where the person closed the dialog.
 */
export const pickFile = async (suggestedName: string): Promise<WritableStream<Uint8Array> | null> => {
  try {
    const file = await picker()?.({ suggestedName });
    return file === undefined ? null : await file.createWritable();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return null;
    throw error;
  }
};
