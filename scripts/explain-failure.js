/** Something that went wrong for a known reason: the person gets the line, without a stack. */
export class ExplainedError extends Error {
  name = 'ExplainedError';
}

/** Prints what happened, and returns the exit code. */
export const explainFailure = (error) => {
  console.error(error instanceof ExplainedError ? error.message : error);
  return 1;
};
