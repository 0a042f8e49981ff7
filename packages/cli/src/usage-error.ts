/** The command was used wrongly; it ends with 2 and the message alone. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
