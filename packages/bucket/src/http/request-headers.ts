import { S3Error } from '../s3-error.ts';

/** The headers as they came, names in lower case. Values are one character per byte (latin1), so no byte is lost. */
export class RequestHeaders {
  readonly #values = new Map<string, string[]>();

  /** `raw` is Node's rawHeaders: name, value, name, value. */
  constructor(raw: readonly string[]) {
    for (let index = 0; index + 1 < raw.length; index += 2) {
      const name = (raw[index] ?? '').toLowerCase();
      const value = raw[index + 1] ?? '';
      const values = this.#values.get(name);
      if (values === undefined) this.#values.set(name, [value]);
      else values.push(value);
    }
  }

  names(): string[] {
    return [...this.#values.keys()];
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** All values of a header; a repeated header is a list (RFC 9110 5.3). */
  all(name: string): readonly string[] {
    return this.#values.get(name) ?? [];
  }

  /** The value of a header that may come once. Throws InvalidArgument when it is repeated: two readers could take different ones. */
  get(name: string): string | undefined {
    const values = this.#values.get(name);
    if (values === undefined) return undefined;
    if (values.length > 1) {
      throw new S3Error('InvalidArgument', 'A header was given more than once.', { ArgumentName: name });
    }
    return values[0];
  }
}
