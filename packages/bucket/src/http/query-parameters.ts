import { S3Error } from '../s3-error.ts';
import { decodePercent } from './percent.ts';

/** S3's own URLs have a handful; a thousand is somebody trying to keep us busy. */
const maximumParameters = 200;

/** The query of a request, decoded once. `+` is a space, as forms and URLSearchParams write it. */
export class QueryParameters {
  readonly pairs: readonly (readonly [name: string, value: string])[];

  /** `raw` is what follows the question mark. Throws InvalidURI. */
  constructor(raw: string) {
    const parts = raw.split('&').filter((part) => part !== '');
    if (parts.length > maximumParameters) throw new S3Error('InvalidURI');
    this.pairs = parts.map((part) => {
      const equals = part.indexOf('=');
      return equals === -1
        ? [decodePlus(part), '']
        : [decodePlus(part.slice(0, equals)), decodePlus(part.slice(equals + 1))];
    });
  }

  has(name: string): boolean {
    return this.pairs.some(([each]) => each === name);
  }

  /** The value of a parameter that may be given once; throws InvalidArgument when it is there twice. */
  get(name: string): string | undefined {
    const found = this.pairs.filter(([each]) => each === name);
    if (found.length > 1) {
      throw new S3Error('InvalidArgument', 'A query parameter was given more than once.', {
        ArgumentName: name,
      });
    }
    return found[0]?.[1];
  }
}

function decodePlus(text: string): string {
  return decodePercent(text.replaceAll('+', '%20'));
}
