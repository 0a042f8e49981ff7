import { describe, expect, it } from 'vitest';
import {
  badge,
  bordered,
  brightDiamond,
  cutout,
  diamond,
  quiet,
  scenery,
  wandering,
  type Drawing,
} from './testing/drawings.ts';
import { differenceFromGolden } from './testing/golden.ts';
import { looksAlike } from './testing/picture-difference.ts';
import { pngOf, type DrawingJob } from './testing/render-drawing.ts';

type Row = readonly [name: string, query: string, original?: Drawing, more?: Partial<DrawingJob>];

const face = { x: 0.12, y: 0.1, width: 0.18, height: 0.36, score: 0.9 };
const smallFace = { x: 0.8, y: 0.65, width: 0.1, height: 0.2, score: 0.8 };
const faces = [face, smallFace];
const arrow = { overlays: { watermark: { drawing: badge } } };
const composed = { overlays: { compose: { drawing: badge } } };

const rows: Readonly<Record<string, readonly Row[]>> = {
  size: [
    ['width', 'width=120'],
    ['height', 'height=60'],
    ['dpr', 'width=60&dpr=2'],
    ['upscale', 'width=300&upscale=true'],
    ['mode-crop', 'width=80&height=80&mode=crop'],
    ['mode-force', 'width=60&height=140&mode=force'],
    ['mode-contain', 'width=120&height=120&mode=contain'],
    ['mode-face', 'width=80&height=80&mode=face', scenery, { faces: [face] }],
    ['aspect-ratio', 'width=120&aspect-ratio=3:1&mode=crop'],
    ['flip-horizontal', 'width=120&flip=horizontal'],
    ['flip-vertical', 'width=120&flip=vertical'],
    ['flip-both', 'width=120&flip=horizontal,vertical'],
    ['flip-after-crop', 'width=80&height=80&mode=crop&crop=left&flip=horizontal'],
  ],
  crop: [
    ['region', 'region=160,0,80,60'],
    ['region-resized', 'region=0,0,120,90&width=60'],
    ['trim-auto', 'trim=auto', bordered],
    ['trim-color', 'trim=color&trim-color=255,255,255', bordered],
    ['trim-level', 'trim=auto&trim-level=0', bordered],
    ['trim-resized', 'trim=auto&width=60&height=60&mode=crop', bordered],
    ['crop-left-top', 'width=80&height=80&mode=crop&crop=left,top'],
    ['crop-right-bottom', 'width=160&height=60&mode=crop&crop=bottom,right'],
    ['crop-attention', 'width=80&height=80&mode=crop&crop=attention', quiet],
    ['crop-entropy', 'width=80&height=80&mode=crop&crop=entropy', quiet],
    ['crop-face', 'width=80&height=80&mode=crop&crop=face', scenery, { faces: [face] }],
    ['face-number', 'width=80&height=80&mode=face&face-number=2', scenery, { faces }],
    ['face-padding', 'width=80&height=80&mode=face&face-number=1&face-padding=1.6', scenery, { faces }],
  ],
  colour: [
    ['hue', 'width=120&hue=90'],
    ['saturate', 'width=120&saturate=180'],
    ['saturate-0', 'width=120&saturate=0'],
    ['invert', 'width=120&invert=true'],
    ['sepia', 'width=120&sepia=80'],
    ['blur', 'width=120&blur=3'],
    ['blur-wide', 'blur=30'],
    ['invert-cutout', 'invert=1&background-color=200,220,255', cutout],
  ],
  background: [
    ['background-color', 'background-color=39,71,111', cutout],
    ['background-color-translucent', 'background-color=255,0,0,96', cutout],
    ['contain-color', 'width=120&height=120&mode=contain&contain-color=F4A'],
    [
      'contain-color-translucent',
      'width=120&height=120&mode=contain&contain-color=0,0,0,128&background-color=white',
    ],
    ['contain-blur', 'width=120&height=120&mode=contain&contain=blur'],
    ['contain-mirror', 'width=120&height=120&mode=contain&contain=mirror'],
    ['contain-clamp', 'width=120&height=120&mode=contain&contain=clamp'],
    ['contain-blurred-picture', 'width=120&height=120&mode=contain&contain-color=yellow&blur=4'],
  ],
  overlay: [
    [
      'shape',
      'width=160&height=120&mode=crop&shape=d',
      scenery,
      { overlays: { shape: { drawing: diamond } } },
    ],
    ['shape-bright', 'width=120&shape=d', scenery, { overlays: { shape: { drawing: brightDiamond } } }],
    [
      'shape-background',
      'width=120&shape=d&background-color=333',
      scenery,
      { overlays: { shape: { drawing: diamond } } },
    ],
    ['compose', 'width=160&compose=c', scenery, composed],
    ['compose-scale', 'width=160&compose=c&compose-scale=60', scenery, composed],
    ['compose-padding', 'width=160&compose=c&compose-scale=100&compose-padding=20', scenery, composed],
    ['compose-padding-top', 'width=160&compose=c&compose-padding-top=60', scenery, composed],
    ['compose-padding-right', 'width=160&compose=c&compose-padding-right=100', scenery, composed],
    ['compose-padding-bottom', 'width=160&compose=c&compose-padding-bottom=70', scenery, composed],
    ['compose-padding-left', 'width=160&compose=c&compose-padding-left=100', scenery, composed],
    ['watermark', 'width=160&watermark=w', scenery, arrow],
    ['watermark-position', 'width=160&watermark=w&watermark-position=right,bottom', scenery, arrow],
    ['watermark-repeat', 'width=160&watermark=w&watermark-repeat=true', scenery, arrow],
    [
      'watermark-repeat-right-bottom',
      'width=160&watermark=w&watermark-repeat=1&watermark-position=right,bottom',
      scenery,
      arrow,
    ],
    ['watermark-scale', 'width=160&watermark=w&watermark-scale=80', scenery, arrow],
    ['watermark-alpha', 'width=160&watermark=w&watermark-alpha=35', scenery, arrow],
    ['watermark-rotate', 'width=160&watermark=w&watermark-rotate=40', scenery, arrow],
    [
      'watermark-rotate-repeat',
      'width=160&watermark=w&watermark-rotate=320&watermark-repeat=true&watermark-alpha=60&watermark-scale=20',
      scenery,
      arrow,
    ],
    [
      'watermark-own-plan',
      'width=160&watermark=w',
      scenery,
      { overlays: { watermark: { drawing: badge, query: 'flip=horizontal&width=24&sepia=100' } } },
    ],
    [
      'overlays-in-order',
      'width=160&compose=c&compose-scale=70&watermark=w&text=over',
      scenery,
      { overlays: { ...composed.overlays, watermark: { drawing: diamond } } },
    ],
  ],
  text: [
    ['text', 'width=200&text=Good%20%3Cb%3Emorning%3C/b%3E&text-size=20'],
    ['text-lines', 'width=200&text=one%0Atwo%20lines&text-size=24'],
    [
      'text-markup',
      'text=%3Cb%3Eb%3C/b%3E%3Ci%3Ei%3C/i%3E%3Cu%3Eu%3C/u%3E%3Cs%3Es%3C/s%3Ex%3Csub%3E2%3C/sub%3Ex%3Csup%3E2%3C/sup%3E%3Ctt%3Ett%3C/tt%3E%3Cspan%20size%3D%2212pt%22%20color%3D%22red%22%3Espan%3C/span%3E&text-size=26',
    ],
    ['text-escaped', 'text=%3Cimg%3E%20A%26B%20%3C3&text-size=26'],
    ['text-width', 'text=words%20that%20wrap%20here&text-size=24&text-width=120'],
    ['text-height', 'text=fits&text-width=200&text-height=120'],
    ['text-size', 'text=size&text-size=70'],
    ['text-break', 'text=words%20that%20wrap%20not&text-size=24&text-width=120&text-break=false'],
    ['text-padding', 'text=room&text-padding=40'],
    ['text-color', 'text=colour&text-color=255,240,200,160'],
    ['text-weight', 'text=weight&text-weight=bold'],
    ['text-x', 'text=x&text-x=100'],
    ['text-y', 'text=y&text-y=100'],
    ['text-cut', 'text=outside&text-size=60&text-x=-30&text-y=120'],
  ],
  animation: [
    ['animation-resized', 'width=32&format=webp', wandering],
    ['animation-flipped', 'flip=horizontal&format=webp', wandering],
    ['animation-cropped', 'width=40&height=40&mode=crop&crop=attention&format=webp', wandering],
    ['animation-region', 'region=8,6,48,20&format=webp', wandering],
    ['animation-trimmed', 'trim=auto&format=webp', wandering],
    ['animation-contained', 'width=64&height=64&mode=contain&contain=mirror&format=webp', wandering],
    ['animation-contain-blur', 'width=64&height=64&mode=contain&contain=blur&format=webp', wandering],
    ['animation-effects', 'hue=120&blur=2&format=webp', wandering],
    [
      'animation-watermark',
      'watermark=w&watermark-position=right,bottom&watermark-scale=50&format=webp',
      wandering,
      arrow,
    ],
    [
      'animation-watermark-tiles',
      'watermark=w&watermark-repeat=true&watermark-scale=30&format=webp',
      wandering,
      arrow,
    ],
    ['animation-text', 'text=hi&text-size=20&text-x=4&text-y=4&format=webp', wandering],
    ['animation-shape', 'shape=d&format=webp', wandering, { overlays: { shape: { drawing: diamond } } }],
  ],
};

describe.each(Object.entries(rows))('pictures of %s', (_, pictures) => {
  for (const [name, query, original = scenery, more = {}] of pictures) {
    it(name, async () => {
      const picture = await pngOf({ original, query, ...more });
      expect(await differenceFromGolden(name, picture)).toSatisfy(looksAlike);
    });
  }
});

it('has no two pictures of one name', () => {
  const names = Object.values(rows).flatMap((pictures) => pictures.map(([name]) => name));
  expect(new Set(names).size).toBe(names.length);
});
