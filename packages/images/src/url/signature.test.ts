import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTarget } from './target.ts';
import { signTarget, verifySignature } from './signature.ts';
import vectors from './signature-vectors.json' with { type: 'json' };

interface Vector {
  id: number;
  key: number;
  verifies: boolean;
  url?: string;
  host?: string;
  pathMode?: boolean;
  signedPath?: string;
  query?: string;
  signature?: string;
}

const keysOf = ({ key }: Vector) => {
  const keys = vectors.keys[key];
  if (keys === undefined) throw new Error(`no key ${key}`);
  return keys;
};

const targetOf = ({ host, pathMode }: Vector, url: string) => {
  const { host: urlHost } = new URL(url);
  // The raw target: URL's own pathname would tidy it.
  const target = url.replace(/^https?:\/\/[^/?]*/, '');
  const imagesHost = pathMode === true ? undefined : (host ?? 'imglab-cdn.net');
  return parseTarget({ target, host: urlHost, imagesHost });
};

const all: Vector[] = vectors.vectors;
const keys = vectors.keys[0] ?? { secureKey: '', secureSalt: '' };

describe("imglab's signed vectors", () => {
  it('are all there', () => {
    expect(all.length).toBeGreaterThan(230);
    expect(all.filter((vector) => !vector.verifies)).toHaveLength(1);
  });

  it.each(all.filter((vector) => vector.url !== undefined))('$id $url', (vector) => {
    const target = targetOf(vector, vector.url ?? '');
    expect(target.source).toBe('assets');
    expect(verifySignature(target, [keysOf(vector)])).toBe(vector.verifies ? 'valid' : 'wrong');
    expect(verifySignature({ ...target, path: `${target.path}x` }, [keysOf(vector)])).toBe('wrong');
  });

  it.each(all.filter((vector) => vector.signedPath !== undefined))('$id $signedPath?$query', (vector) => {
    const target = { path: vector.signedPath ?? '', rawQuery: vector.query ?? '' };
    expect(signTarget(target, keysOf(vector))).toBe(vector.signature);
  });
});

const urlSafe = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_');

describe('verifySignature', () => {
  const path = 'a.jpg';
  const signed = (rawQuery: string) =>
    `${rawQuery}${rawQuery === '' ? '' : '&'}signature=${signTarget({ path, rawQuery }, keys)}`;

  it('asks for a signature', () => {
    expect(verifySignature({ path, rawQuery: '' }, [keys])).toBe('missing');
    expect(verifySignature({ path, rawQuery: 'width=1' }, [keys])).toBe('missing');
    expect(verifySignature({ path, rawQuery: 'width=1&signature=' }, [keys])).toBe('missing');
  });

  it('refuses a second signature and anything after it', () => {
    const rawQuery = signed('width=1');
    expect(verifySignature({ path, rawQuery }, [keys])).toBe('valid');
    expect(verifySignature({ path, rawQuery: `${rawQuery}&height=1` }, [keys])).toBe('not-last');
    expect(verifySignature({ path, rawQuery: `${rawQuery}&${rawQuery}` }, [keys])).toBe('not-last');
    expect(verifySignature({ path, rawQuery: signed('s%69gnature=x') }, [keys])).toBe('not-last');
  });

  it('covers the query as bytes, not as what they mean', () => {
    const rawQuery = signed('crop=a%2Cb');
    expect(verifySignature({ path, rawQuery: rawQuery.replace('%2C', ',') }, [keys])).toBe('wrong');
    expect(verifySignature({ path, rawQuery: rawQuery.replace('%2C', '%2c') }, [keys])).toBe('wrong');
  });

  it('refuses another last character, although some of them decode to the same bytes', () => {
    const rawQuery = signed('');
    for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=') {
      const other = rawQuery.slice(0, -1) + last;
      expect(verifySignature({ path, rawQuery: other }, [keys])).toBe(other === rawQuery ? 'valid' : 'wrong');
    }
  });

  it('takes what any of the pairs has signed, and nothing without a pair', () => {
    const rawQuery = signed('width=1');
    const other = { secureKey: 'b3RoZXI=', secureSalt: 'c2FsdA==' };
    expect(verifySignature({ path, rawQuery }, [other, keys])).toBe('valid');
    expect(verifySignature({ path, rawQuery }, [keys, other])).toBe('valid');
    expect(verifySignature({ path, rawQuery }, [other])).toBe('wrong');
    expect(verifySignature({ path, rawQuery }, [])).toBe('wrong');
  });

  it('takes keys in the URL-safe alphabet too, and keys of any length', () => {
    const other = { secureKey: urlSafe(keys.secureKey), secureSalt: urlSafe(keys.secureSalt) };
    expect(verifySignature({ path, rawQuery: signed('a=1') }, [other])).toBe('valid');
    const short = { secureKey: 'AA==', secureSalt: '' };
    const rawQuery = `signature=${signTarget({ path, rawQuery: '' }, short)}`;
    expect(verifySignature({ path, rawQuery }, [short])).toBe('valid');
  });

  it('verifies what was signed, and nothing that was changed in one place', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcxyz019-._%~&='), maxLength: 30 });
    fc.assert(
      fc.property(word, fc.nat(), (query, at) => {
        fc.pre(!query.startsWith('signature') && !query.includes('&signature'));
        const rawQuery = signed(query);
        expect(verifySignature({ path, rawQuery }, [keys])).toBe('valid');
        const index = at % rawQuery.length;
        const changed = `${rawQuery.slice(0, index)}${rawQuery[index] === 'q' ? 'r' : 'q'}${rawQuery.slice(index + 1)}`;
        expect(verifySignature({ path, rawQuery: changed }, [keys])).not.toBe('valid');
      }),
    );
  });
});
