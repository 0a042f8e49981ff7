import { describe, expect, it } from 'vitest';
import { canonicalPlan } from './canonical-plan.ts';
import { parsePlan } from './plan.ts';

describe('parsePlan', () => {
  it('is a JPEG of quality 80 on white where nothing else is said', () => {
    expect(parsePlan('')).toEqual({
      values: {},
      fit: { mode: 'clip', width: null, height: null, upscale: false },
      format: 'jpeg',
      accepts: null,
      quality: 80,
      background: { red: 255, green: 255, blue: 255, alpha: 255 },
      varies: false,
      expires: null,
      download: null,
      tags: [],
      sourceOverlays: [],
    });
  });

  it("tells the source's overlays from those of the request", () => {
    const settings = {
      defaults: 'watermark=logo.png?width=50&shape=circle.svg',
      presets: { framed: 'compose=frame.png' },
    };
    expect(parsePlan('preset=framed', settings).sourceOverlays).toEqual(['shape', 'compose', 'watermark']);
    expect(parsePlan('watermark=&shape=', settings).sourceOverlays).toEqual(['shape', 'watermark']);
    // The same text from a stranger is a stranger's, though it is the same picture.
    const repeated = parsePlan('watermark=logo.png?width=50', settings);
    expect(repeated.sourceOverlays).toEqual(['shape']);
    expect(canonicalPlan(repeated)).toBe(canonicalPlan(parsePlan('', settings)));
  });

  it('paints a translucent background on white where the format shows nothing through', () => {
    const halfRed = 'background-color=255,0,0,128';
    const opaque = { red: 255, green: 127, blue: 127, alpha: 255 };
    expect(parsePlan(halfRed).background).toEqual(opaque);
    expect(parsePlan(`${halfRed}&format=png`).background).toMatchObject({ red: 255, alpha: 128 });
    expect(parsePlan('format=auto').background).toBeNull();
  });

  it('tells a download without a name from none', () => {
    expect(parsePlan('download=').download).toBe('');
    expect(parsePlan('download').download).toBe('');
    expect(parsePlan('').download).toBeNull();
  });

  it('varies with the client where the format is auto', () => {
    const client = { accept: 'image/webp,*/*;q=0.8', saveData: false };
    expect(parsePlan('format=auto', {}, client)).toMatchObject({
      format: 'auto',
      varies: true,
      accepts: { avif: false, webp: true },
      quality: 80,
    });
    expect(parsePlan('', { defaults: 'format=auto', autoFormats: ['avif'] }, client)).toMatchObject({
      varies: true,
      accepts: { avif: false, webp: false },
    });
  });

  it('spares data where the client asks for it, unless the URL names a quality', () => {
    const client = { accept: 'image/webp', saveData: true };
    expect(parsePlan('format=auto', {}, client).quality).toBe(65);
    expect(parsePlan('format=auto', { defaults: 'quality=90' }, client).quality).toBe(75);
    expect(parsePlan('format=auto&quality=90', { defaults: 'quality=10' }, client).quality).toBe(90);
    expect(parsePlan('format=auto', { defaults: 'quality=10' }, client).quality).toBe(1);
    // Without `auto` the answer says nothing of clients, so it may not depend on them.
    expect(parsePlan('format=webp', {}, client).quality).toBe(80);
  });

  it('multiplies by dpr what is measured in pixels of the result, never beyond what a parameter takes', () => {
    const { values } = parsePlan(
      'dpr=8&width=100&region=10,10,50,50&blur=100&text=a&text-width=40&text-padding=10&compose=b.png&compose-padding=7&watermark=c.png&watermark-scale=9',
    );
    expect(values).toMatchObject({
      width: 800,
      region: { x: 10, y: 10, width: 50, height: 50 },
      blur: 250,
      'text-width': 320,
      'text-padding': 80,
      'text-size': 320,
      'compose-padding-left': 56,
      'watermark-scale': 9,
    });
    expect(values).not.toHaveProperty('dpr');
  });

  it("keeps to the source's own limit, and to the format's", () => {
    expect(() => parsePlan('width=2000', { maxSide: 1000 })).toThrow(
      'width takes a whole number from 1 to 1000',
    );
    const wide = { maxSide: 60_000 };
    expect(parsePlan('width=20000&format=webp', wide).fit).toMatchObject({ width: 16_383 });
    expect(parsePlan('width=20000&format=auto', wide).fit).toMatchObject({ width: 16_383 });
    expect(parsePlan('width=20000', wide).fit).toMatchObject({ width: 20_000 });
  });
});
