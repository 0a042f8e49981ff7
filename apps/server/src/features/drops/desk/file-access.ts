import type { CheckReport, CheckRowId, Order } from '@windlass/contract';

/** What is known of the connection that an order's files are on; null once it was deleted. */
export interface FileGround {
  name: string;
  lastCheck: CheckReport | null;
}

type Can = 'yes' | 'no' | 'unknown';

const rowOf = ({ lastCheck }: FileGround, id: CheckRowId): { can: Can; cause: string } =>
  lastCheck?.rows.find((row) => row.id === id) ?? { can: 'unknown', cause: '' };

/** Whether a connection may delete objects, by its last check. */
export const mayDelete = (ground: FileGround): Can => rowOf(ground, 'delete').can;

/** Whether a connection may read objects, by its last check. */
export const mayRead = (ground: FileGround): Can => rowOf(ground, 'get').can;

const no = (reason: string): Order['access'] => ({ readable: false, reason });

/** Whether the files of an order can be seen and fetched from the desk, and if not, why. */
export const filesAccessOf = (
  order: { filesDeletedAt: Date | null; retentionHow: 'deleted' | 'lifecycle' | null },
  ground: FileGround | null,
): Order['access'] => {
  if (order.filesDeletedAt !== null) {
    return no(
      order.retentionHow === 'lifecycle'
        ? 'The days of these files are over: the lifecycle rule of the bucket deletes them.'
        : 'The days of these files are over: they were deleted.',
    );
  }
  if (ground === null)
    return no('The connection of these files was deleted: fetch them with an S3 client of your own.');
  const get = rowOf(ground, 'get');
  switch (get.can) {
    case 'yes':
      return { readable: true, reason: `The connection “${ground.name}” may read objects.` };
    case 'no':
      return no(
        `The connection “${ground.name}” may put objects but not read them. Fetch them with an S3 client of your own, or allow s3:GetObject and check the connection again.`,
      );
    case 'unknown':
      // A key without s3:ListBucket may well read: a check cannot tell, the files themselves can.
      return {
        readable: true,
        reason:
          get.cause === ''
            ? `Nobody has checked yet whether the connection “${ground.name}” may read objects: it is tried.`
            : `The last check of the connection “${ground.name}” could not find out whether it may read objects, so it is tried: ${get.cause}`,
      };
  }
};
