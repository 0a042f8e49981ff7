import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstStudio } from './examples.ts';
import { fromFragment, SharedLinkError, toFragment } from './share-link.ts';
import type { StudioPart } from './studio-state.ts';

const fragmentOf = (json: string): string => `s=1.${deflateRawSync(json).toString('base64url')}`;

describe('the link of a view', () => {
  it('holds any text unchanged', async () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => text.toWellFormed());
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const part: StudioPart = { view: 'cors', state: { ...firstStudio.cors, text } };
        expect(await fromFragment(`#${await toFragment(part)}`)).toEqual(part);
      }),
    );
  });

  it('is made of characters that chat programs leave alone, and is short', async () => {
    const fragment = await toFragment({ view: 'check', state: firstStudio.check });
    expect(fragment).toMatch(/^s=1\.[\w-]+$/);
    expect(fragment.length).toBeLessThan(1000);
  });

  it('is none where the fragment is of somebody else', async () => {
    expect(await fromFragment('')).toBeNull();
    expect(await fromFragment('#token=abc')).toBeNull();
  });

  it('is refused when it was cut off', async () => {
    const fragment = await toFragment({ view: 'check', state: firstStudio.check });
    await expect(fromFragment(fragment.slice(0, -20))).rejects.toThrow(SharedLinkError);
  });

  it.each(['s=2.abc', 's=1.%%%', 's=', fragmentOf('{}'), fragmentOf('not json'), fragmentOf('[1]')])(
    'is refused when it holds something else: %s',
    async (fragment) => {
      await expect(fromFragment(fragment)).rejects.toThrow(SharedLinkError);
    },
  );

  it('is refused when it unpacks to more than the studio takes', async () => {
    const bomb = fragmentOf(`"${'a'.repeat(50_000_000)}"`);
    expect(bomb.length).toBeLessThan(100_000);
    await expect(fromFragment(bomb)).rejects.toThrow(SharedLinkError);
  });
});
