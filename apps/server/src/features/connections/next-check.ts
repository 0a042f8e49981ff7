const hourMilliseconds = 60 * 60 * 1000;

/** When the next scheduled check is due after one that ran now; null where checks run only when asked for. */
export const nextCheckAfter = (now: Date, everyHours: number): Date | null =>
  everyHours === 0 ? null : new Date(now.getTime() + everyHours * hourMilliseconds);
