import { inspect } from 'node:util';

const shown = '[secret]';

/**
 * Text that must not end up in a log, an error or JSON: toString, toJSON and inspect print `[secret]`.
 * `reveal()` is called only where the characters are needed.
 */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return shown;
  }

  toJSON(): string {
    return shown;
  }

  [inspect.custom](): string {
    return shown;
  }
}
