import { sourceOfFile, type UploadSource } from './upload-source.ts';

const fileOf = (entry: FileSystemFileEntry): Promise<File> =>
  new Promise((resolve, reject) => entry.file(resolve, reject));

/** A reader gives a folder in pieces (a hundred at a time in Chromium), and an empty one at the end. */
const readFolder = async (folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> => {
  const reader = folder.createReader();
  const entries: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return entries;
    entries.push(...some);
  }
};

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const sourcesOf = async (entry: FileSystemEntry): Promise<UploadSource[]> => {
  if (isFile(entry)) return [sourceOfFile(await fileOf(entry), entry.fullPath.slice(1))];
  if (!isFolder(entry)) return [];
  const sources: UploadSource[] = [];
  for (const child of await readFolder(entry)) sources.push(...(await sourcesOf(child)));
  return sources;
};

/**
 * Everything that was dropped or pasted, with what is in folders, named by its path. To be called in the event's own turn: the
 * browser empties the list afterwards.
 *
 * @throws DOMException where a file or folder cannot be read
 * @example zone.ondrop = async (event) => uploader.add(await filesOfDataTransfer(event.dataTransfer));
 */
export const filesOfDataTransfer = async (transfer: DataTransfer): Promise<UploadSource[]> => {
  const dropped = Array.from(transfer.items)
    .filter(({ kind }) => kind === 'file')
    .map((item) => ({ entry: item.webkitGetAsEntry(), file: item.getAsFile() }));
  const sources: UploadSource[] = [];
  for (const { entry, file } of dropped) {
    // What comes from the clipboard may be a file without an entry.
    if (entry !== null) sources.push(...(await sourcesOf(entry)));
    else if (file !== null) sources.push(sourceOfFile(file));
  }
  return sources;
};
