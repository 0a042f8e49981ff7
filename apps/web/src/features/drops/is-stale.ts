/** As the server's own look by itself: once a day. */
const staleMilliseconds = 24 * 60 * 60 * 1000;

/** Whether what was found out at this moment is to be looked at anew; null: it never was. */
export const isStale = (checkedAt: string | null, now = Date.now()): boolean =>
  checkedAt === null || now - Date.parse(checkedAt) > staleMilliseconds;
