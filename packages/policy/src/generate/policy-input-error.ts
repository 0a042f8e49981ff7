/** Something in the input makes no valid document; `field` names it as the input does, e.g. `trust.externalId`. */
export class PolicyInputError extends Error {
  override readonly name = 'PolicyInputError';
  readonly field: string;
  /** Why, without the field's name: `ends in a slash`. */
  readonly reason: string;

  constructor(field: string, reason: string) {
    super(`${field} ${reason}`);
    this.field = field;
    this.reason = reason;
  }
}
