import type { OrderDraft } from '@windlass/contract';
import type { OrderFile, OrderFiles } from '../files/order-file.ts';
import type { Draft, DraftFile } from './draft.ts';

type ServerFile = OrderDraft['files'][number];

/** What both sides call a file by, where a crash came before this one had written down the transfer. */
const looks = (file: Pick<ServerFile, 'name' | 'size'>): string =>
  `${file.name.normalize('NFC')}\n${file.size}`;

const fileOf = (own: DraftFile, server: ServerFile | undefined, kept: ReadonlySet<string>): OrderFile => {
  const received = server?.received ?? false;
  return {
    id: own.id,
    name: own.name,
    size: own.size,
    lastModified: own.lastModified,
    type: own.type,
    state: received ? 'received' : kept.has(own.id) ? 'waiting' : 'needed',
    bytesSent: received ? own.size : 0,
    error: null,
    transferId: server?.transferId ?? null,
    options: own.options,
  };
};

const foundOnServer = (server: ServerFile): OrderFile => ({
  id: server.transferId,
  name: server.name,
  size: server.size,
  lastModified: 0,
  type: server.type,
  state: 'received',
  bytesSent: server.size,
  error: null,
  transferId: server.transferId,
  options: server.options,
});

/**
 * The files of an order after a reload: the server knows what has arrived, this browser which options were chosen and
 * whose bytes it still has.
 *
 * @param kept ids of files whose bytes are here
 */
export const restoreFiles = (
  draft: Pick<Draft, 'files' | 'removed'>,
  server: readonly ServerFile[],
  kept: ReadonlySet<string>,
): OrderFiles => {
  const byTransfer = new Map(server.map((file) => [file.transferId as string, file]));
  const taken = new Set<string>(draft.removed);
  for (const { transferId } of draft.files) if (transferId !== null) taken.add(transferId);
  const unclaimed = new Map<string, ServerFile[]>();
  for (const file of server) {
    if (!taken.has(file.transferId))
      unclaimed.set(looks(file), [...(unclaimed.get(looks(file)) ?? []), file]);
  }
  const own = draft.files.map((file) => {
    const known = file.transferId === null ? undefined : byTransfer.get(file.transferId);
    return fileOf(file, known ?? unclaimed.get(looks(file))?.shift(), kept);
  });
  const strays = [...unclaimed.values()].flat().filter((file) => file.received);
  return new Map([...own, ...strays.map(foundOnServer)].map((file) => [file.id, file]));
};

/** Of the files of an order, those that the server has, whichever tab has sent them. */
export const arrivedOnServer = (
  draft: Pick<Draft, 'files' | 'removed'>,
  server: readonly ServerFile[],
): OrderFile[] =>
  [...restoreFiles(draft, server, new Set()).values()].filter(({ state }) => state === 'received');
