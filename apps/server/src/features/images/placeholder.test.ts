import { parsePlan } from '@windlass/images';
import { describe, expect, it } from 'vitest';
import { newId } from '../../kernel/new-id.ts';
import type { PicturePart } from './picture-part.ts';
import { placeholderFor } from './placeholder.ts';
import { sourceNamed } from './testing/images-scene.ts';

const part = (query: string, more: Parameters<typeof sourceNamed>[1] = {}): PicturePart => ({
  parameter: null,
  source: sourceNamed('demo', more),
  origin: { id: 'o', head: () => Promise.reject(new Error()), open: () => Promise.reject(new Error()) },
  path: 'a.jpg',
  key: 'a.jpg',
  plan: parsePlan(query),
  overlays: [],
});

describe('placeholderFor', () => {
  it('comes from a place of the team, so that no two teams share what is known or waits there', () => {
    const teamId = newId('team');
    const idFor = (more: { teamId: typeof teamId; name?: string }) =>
      placeholderFor(part('width=9', more))?.origin.id;
    expect(idFor({ teamId })).toContain(teamId);
    expect(idFor({ teamId, name: 'other' })).toBe(idFor({ teamId }));
    expect(idFor({ teamId: newId('team') })).not.toBe(idFor({ teamId }));
  });

  it('is null where text was asked for', () => {
    expect(placeholderFor(part('format=json'))).toBeNull();
  });
});
