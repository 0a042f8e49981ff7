import { listConnectionObjects, type ConnectionId, type TeamId } from '@windlass/contract';
import { callApi, type Api } from '../api/call-api.ts';
import type { BucketPath } from './bucket-path.ts';

/** An object to download, and its name below the folder that it goes to. */
export interface RemoteObject {
  /** Below the connection's prefix. */
  key: string;
  name: string;
  size: number;
  lastModified: string;
}

const pageSize = 1000;

/**
 * What a path stands for: with a slash at its end, or empty, everything below it, else the one object of that key, as
 * `aws s3 cp` and `rclone` tell a folder from a file.
 *
 * @throws ApiFailure
 */
export const listObjects = async (
  api: Api,
  place: { teamId: TeamId; connectionId: ConnectionId },
  { path }: Pick<BucketPath, 'path'>,
): Promise<RemoteObject[]> => {
  const isFolder = path === '' || path.endsWith('/');
  const found: RemoteObject[] = [];
  let cursor: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof callApi<typeof listConnectionObjects>>> = await callApi(
      api,
      listConnectionObjects,
      {
        params: place,
        query: { prefix: path, limit: isFolder ? pageSize : 1, ...(cursor === null ? {} : { cursor }) },
      },
    );
    for (const { key, size, lastModified } of page.items) {
      // Keys that end in a slash stand for folders in other tools; there is nothing in them.
      if (isFolder && !key.endsWith('/'))
        found.push({ key, name: key.slice(path.length), size, lastModified });
      else if (key === path) found.push({ key, name: key.split('/').at(-1) ?? key, size, lastModified });
    }
    // In the order of their bytes a key comes before every longer one that begins with it.
    cursor = isFolder ? page.nextCursor : null;
  } while (cursor !== null);
  return found;
};
