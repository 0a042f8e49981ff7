export const rowStates = ['ok', 'warn', 'fail'] as const;
export type RowState = (typeof rowStates)[number];

/** One line of the doctor's report. */
export interface Row {
  check: string;
  state: RowState;
  detail: string;
  /** What to do; empty where nothing is to be done. */
  next: string;
}

export const ok = (check: string, detail: string): Row => ({ check, state: 'ok', detail, next: '' });
export const warn = (check: string, detail: string, next: string): Row => ({
  check,
  state: 'warn',
  detail,
  next,
});
export const fail = (check: string, detail: string, next: string): Row => ({
  check,
  state: 'fail',
  detail,
  next,
});

/** The sentence of an error, with that of its cause. */
export const describeError = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return `${error.message || error.name}${cause}`;
};
