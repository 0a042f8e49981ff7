import { describe, expect, it } from 'vitest';
import { stages } from './stage-order.ts';
import { badge, cutout, scenery } from './testing/drawings.ts';
import { operateOn, pixelsOf } from './testing/render-drawing.ts';

describe('the pipeline', () => {
  // A pipeline that was settled has lost the original's colour space, and begins again.
  it.each([
    ['', 'open'],
    ['width=100', 'resize'],
    ['width=100&height=50&mode=force', 'resize'],
    ['width=80&height=80&mode=crop', 'crop'],
    ['width=80&height=80&mode=crop&crop=attention', 'crop'],
    ['region=10,10,100,100&width=50', 'resize'],
    ['width=100&flip=horizontal', 'flip'],
    ['width=80&height=80&mode=contain', 'extend'],
    ['width=100&blur=2', 'blur'],
    ['width=80&height=80&mode=contain&format=jpeg', 'extend'],
  ])('of %s is one, up to %s', async (query, stage) => {
    expect(await operateOn({ original: scenery, query })).toMatchObject({
      stage,
      ownColors: true,
      layers: [],
    });
  });

  it('flattens in the same pass where nothing has touched a colour', async () => {
    const flat = await operateOn({ original: cutout, query: 'width=60&format=jpeg' });
    expect(flat).toMatchObject({ stage: 'resize', ownColors: true, alpha: false });
  });

  it('does not flatten an opaque picture', async () => {
    const opaque = await operateOn({ original: scenery, query: 'format=jpeg&background-color=red' });
    expect(opaque).toMatchObject({ stage: 'open', ownColors: true, alpha: false });
  });

  it('begins again where sharp would run a step before one that comes first', async () => {
    // sharp pads before it mixes colours, and the padding would turn black with the rest.
    const { at } = await pixelsOf({
      original: scenery,
      query: 'width=60&height=60&mode=contain&contain-color=white&invert=true',
    });
    expect(at(30, 2)).toEqual([255, 255, 255]);
  });

  it('draws three overlays in one pass and gives an opaque picture no alpha for it', async () => {
    const overlay = { drawing: badge };
    const { channels } = await pixelsOf({
      original: scenery,
      query: 'watermark=w&compose=c&text=x',
      overlays: { watermark: overlay, compose: overlay },
    });
    expect(channels).toBe(3);
  });

  it('names each stage once', () => {
    expect(new Set(stages).size).toBe(stages.length);
  });
});
