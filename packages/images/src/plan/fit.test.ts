import { describe, expect, it } from 'vitest';
import type { Fit } from './fit.ts';
import { parsePlan } from './plan.ts';

const inside = (width: number | null, height: number | null): Fit => ({
  mode: 'clip',
  width,
  height,
  upscale: false,
});

describe('the fit of a plan', () => {
  it.each<[string, Fit]>([
    ['', inside(null, null)],
    ['width=600', inside(600, null)],
    ['width=300&dpr=2', inside(600, null)],
    ['width=600&height=400', inside(600, 400)],
    ['width=600&height=400&mode=CROP', { mode: 'crop', width: 600, height: 400, upscale: false }],
    [
      'width=600&height=400&mode=contain&dpr=2',
      { mode: 'contain', width: 1200, height: 800, upscale: false },
    ],
    ['width=600&height=400&mode=force', { mode: 'force', width: 600, height: 400, upscale: false }],
    ['width=600&height=400&mode=crop&upscale=1', { mode: 'crop', width: 600, height: 400, upscale: true }],
    ['width=600&upscale=true', { mode: 'clip', width: 600, height: null, upscale: true }],
    // Nothing to enlarge to.
    ['upscale=true', inside(null, null)],
    // A box with one side is no box.
    ['width=600&mode=crop', inside(600, null)],
    ['mode=contain', inside(null, null)],
    // The area of the faces has a ratio of its own.
    ['mode=face', { mode: 'face', width: null, height: null, upscale: false }],
    ['mode=face&width=600', { mode: 'face', width: 600, height: null, upscale: false }],
    ['mode=face&width=600&height=600', { mode: 'face', width: 600, height: 600, upscale: false }],
    ['mode=face&width=600&aspect-ratio=2:1', { mode: 'face', width: 600, height: 300, upscale: false }],
    // The ratio gives the missing side, and does nothing for clip.
    ['width=800&aspect-ratio=16:9&mode=crop', { mode: 'crop', width: 800, height: 450, upscale: false }],
    ['width=800&aspect-ratio=1:1&mode=crop', { mode: 'crop', width: 800, height: 800, upscale: false }],
    ['height=450&aspect-ratio=16:9&mode=force', { mode: 'force', width: 800, height: 450, upscale: false }],
    [
      'width=800&height=800&aspect-ratio=2:1&mode=crop',
      { mode: 'crop', width: 800, height: 400, upscale: false },
    ],
    [
      'width=800&height=100&aspect-ratio=2:1&mode=contain',
      { mode: 'contain', width: 200, height: 100, upscale: false },
    ],
    ['aspect-ratio=1.85:1&mode=crop', { mode: 'crop', ratio: { width: 37, height: 20 } }],
    ['aspect-ratio=1:1&mode=face', { mode: 'face', ratio: { width: 1, height: 1 } }],
    ['width=800&aspect-ratio=16:9', inside(800, null)],
    // Beyond the limit a box shrinks and keeps its ratio.
    ['width=8192&dpr=2', inside(8192, null)],
    ['width=4000&height=2000&mode=crop&dpr=4', { mode: 'crop', width: 8192, height: 4096, upscale: false }],
    ['width=8192&aspect-ratio=1:2&mode=crop', { mode: 'crop', width: 4096, height: 8192, upscale: false }],
    // Empty is unset, names have three spellings, the unknown is ignored.
    ['width=&height=&quality=&dpr=&mode=&format=&expires=', inside(null, null)],
    ['width=9&aspectRatio=3:1&mode=crop', { mode: 'crop', width: 9, height: 3, upscale: false }],
    ['width=9&aspect_ratio=3:1&mode=crop', { mode: 'crop', width: 9, height: 3, upscale: false }],
    ['width=9&frobnicate=yes&signature=x', inside(9, null)],
  ])('of %s', (query, fit) => {
    expect(parsePlan(query).fit).toEqual(fit);
  });
});
