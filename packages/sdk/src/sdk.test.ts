import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSource, sequence, srcsetCandidates, type Fluid, type SourceOptions } from './index.ts';
import recorded from './url-vectors.json' with { type: 'json' };

interface Vector {
  id: number;
  kind: string;
  source: Partial<SourceOptions> & { name: string; secureKey?: string; secureSalt?: string };
  path: string;
  parameters: Record<string, unknown>;
  expected: string;
  signed?: boolean;
}

/** What imglab's clients do and we do not, or do in other bytes that mean the same. */
const departures: Readonly<Record<number, string>> = {
  255: 'its JavaScript client loses one of two slashes in path mode, and signs both',
  266: 'its JavaScript client turns only the first underscore of a name into a hyphen',
  272: 'its Python client escapes other characters of a query: the same text, another signature',
  273: 'its Python client escapes other characters of a path',
  274: 'a client of HTTP takes .. away before it sends, so no signature over it could be right',
  278: 'its Python client leaves the slash before the query out',
  279: 'its Python client leaves the slash before the query out',
  280: 'its Python client cannot decode keys in the URL-safe alphabet',
};

/** JSON has no undefined, no dates and no ranges; the recording spells them as objects. */
const readValue = (value: unknown): Fluid => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value as Fluid;
  if ('$range' in value) {
    const [from = 0, to = 0] = value.$range as number[];
    return { from, to };
  }
  return '$unix' in value ? new Date(Number(value.$unix) * 1000) : undefined;
};

const build = ({ kind, source: { secureKey, secureSalt, ...source }, path, parameters, signed }: Vector) => {
  const keys =
    signed === true
      ? recorded.keys
      : secureKey === undefined || secureSalt === undefined
        ? undefined
        : { secureKey, secureSalt };
  const images = createSource({
    host: 'imglab-cdn.net',
    subdomains: true,
    ...source,
    ...(keys === undefined ? {} : { keys }),
  });
  const read = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, readValue(value)]),
  );
  // The recorded parameters of a URL hold no lists.
  return kind === 'srcset' ? images.srcset(path, read) : images.url(path, read as Record<string, string>);
};

const vectors = recorded.vectors as Vector[];

describe("URLs that imglab's clients made", () => {
  it.each(vectors.filter(({ id }) => departures[id] === undefined))('$id $kind $expected', (vector) => {
    expect(build(vector)).toBe(vector.expected);
  });

  it.each(vectors.filter(({ id }) => departures[id] !== undefined))('$id is made otherwise', (vector) => {
    const made = (): string => {
      try {
        return build(vector);
      } catch (error) {
        return String(error);
      }
    };
    expect(made()).not.toBe(vector.expected);
  });
});

describe('createSource', () => {
  const photos = createSource({ name: 'photos', host: 'images.example.com' });

  it('serves from the path unless told otherwise', () => {
    expect(photos.url('cats/tom.jpg', { width: 600, format: 'auto' })).toBe(
      'https://images.example.com/photos/cats/tom.jpg?width=600&format=auto',
    );
  });

  it.each(['a/../b.jpg', '../b.jpg', './a', 'a/.'])('refuses %s', (path) => {
    expect(() => photos.url(path)).toThrow('may not hold the segments');
  });

  it('refuses a signature among the parameters, however it is spelled', () => {
    expect(() => photos.url('a.jpg', { Signature: 'x' })).toThrow('leave it out');
  });

  it('sends a moment as whole seconds', () => {
    const expires = new Date('2030-01-01T00:00:00.900Z');
    expect(photos.url('a.jpg', { expires })).toBe(
      'https://images.example.com/photos/a.jpg?expires=1893456000',
    );
  });

  it('gives any path back to who decodes the URL', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (path) => {
        fc.pre(path.isWellFormed() && !path.split('/').some((segment) => /^\.{1,2}$/.test(segment)));
        fc.pre(!/^\/|\/$/.test(path) && !/^https?:/i.test(path));
        const { pathname } = new URL(photos.url(path));
        expect(pathname.slice('/photos/'.length).split('/').map(decodeURIComponent).join('/')).toBe(path);
      }),
    );
  });
});

describe('srcsetCandidates', () => {
  it.each([
    [{ width: [100, 200], dpr: [1, 2] }, 'dpr must be one number'],
    [{ width: 100, height: [100, 200] }, 'height must be one number'],
  ])('refuses %j', (parameters, message) => {
    expect(() => srcsetCandidates(parameters)).toThrow(message);
  });

  it('leaves a list that is shorter than the widths empty at its end', () => {
    const sent = srcsetCandidates({ width: [1, 2, 3], quality: [80] }).map(
      ({ parameters }) => parameters.quality,
    );
    expect(sent).toEqual([80, undefined, undefined]);
  });
});

describe('sequence', () => {
  it('starts and ends where it is told, and only grows', () => {
    const side = fc.integer({ min: 1, max: 8192 });
    fc.assert(
      fc.property(side, side, fc.integer({ min: 2, max: 40 }), (a, b, length) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const steps = sequence({ from, to }, length);
        expect([steps.length, steps[0], steps.at(-1)]).toEqual([length, from, to]);
        expect(steps.toSorted((one, other) => one - other)).toEqual(steps);
      }),
    );
  });
});
