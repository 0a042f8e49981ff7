import {
  between,
  createNoise,
  glow,
  gradient,
  mix,
  rectangle,
  repeat,
  round,
  svg,
  type Random,
  type Scene,
} from './scene.ts';

const paperColors = [
  '#e4572e',
  '#f3a712',
  '#29335c',
  '#669bbc',
  '#f0efeb',
  '#a8c686',
  '#2a9d8f',
  '#e9c8a7',
] as const;

const paper = (random: Random): string => {
  const shapes = repeat(24, (index) => {
    const color = paperColors[index % paperColors.length] ?? paperColors[0];
    const x = (index % 5) * 440 + between(random, 0, 260);
    const y = Math.floor(index / 5) * 420 + between(random, 0, 220);
    const size = between(random, 150, 330);
    const turn = Math.round(random() * 360);
    const outline = [
      `<circle r="${round(size)}"`,
      `<path d="M${round(-size)} 0A${round(size)} ${round(size)} 0 0 1 ${round(size)} 0Z"`,
      `<rect x="${round(-size)}" y="${round(-size * 0.36)}" width="${round(size * 2)}" height="${round(size * 0.72)}" rx="${index % 3 === 0 ? round(size * 0.36) : 0}"`,
      `<path d="M0 ${round(-size)}L${round(size * 0.9)} ${round(size * 0.6)}H${round(-size * 0.9)}Z"`,
      `<path d="M${round(-size)} 0A${round(size)} ${round(size)} 0 0 1 ${round(size)} 0H${round(size * 0.55)}A${round(size * 0.55)} ${round(size * 0.55)} 0 0 0 ${round(-size * 0.55)} 0Z"`,
    ][index % 5];
    const shadow = repeat(
      5,
      (step) =>
        `<g transform="translate(${round(x + 5 + step * 6)} ${round(y + 8 + step * 8)}) rotate(${turn})">${outline} fill="#20150f" fill-opacity="0.07"/></g>`,
    );
    return `${shadow}<g transform="translate(${round(x)} ${round(y)}) rotate(${turn})">${outline} fill="${color}"/>${outline} fill="url(#sheen)"/></g>`;
  });
  return svg(
    2000,
    2000,
    gradient(
      'sheen',
      [
        [0, '#ffffff', 0.18],
        [1, '#000000', 0.1],
      ],
      'x1="0" y1="0" x2="1" y2="1"',
    ) +
      gradient(
        'table',
        [
          [0, '#f4ead9'],
          [1, '#e3d3ba'],
        ],
        'x1="0" y1="0" x2="1" y2="1"',
      ),
    rectangle(2000, 2000, 'url(#table)') + shapes,
  );
};

const waves = (random: Random): string => {
  const noise = createNoise(random);
  const layers = repeat(15, (index) => {
    const part = index / 14;
    const base = 420 + part * 930;
    const reach = 190 + part * 170;
    const line = (x: number): number =>
      base -
      (38 + part * 62) * (1 - Math.abs(Math.sin((x + index * 173) / reach))) * 1.7 -
      30 * noise(x / 330 + index * 7);
    const points: string[] = [];
    for (let x = -20; x <= 2420; x += 6) points.push(`${x} ${round(line(x))}`);
    const crest = `M${points.join('L')}`;
    const foam = repeat(46, () => {
      const x = random() * 2400;
      return `<circle cx="${round(x)}" cy="${round(line(x) - between(random, -4, 26) * part)}" r="${round(between(random, 1, 2 + part * 6))}" fill="#f6fbf4" fill-opacity="${(0.3 + random() * 0.6).toFixed(2)}"/>`;
    });
    const streaks = repeat(
      3,
      (row) =>
        `<path d="${crest}" transform="translate(0 ${round(16 + row * (14 + part * 10))})" fill="none" stroke="#d8f0ec" stroke-width="${round(2.5 - row * 0.6)}" stroke-opacity="${(0.34 - row * 0.09).toFixed(2)}"/>`,
    );
    return `<path d="${crest}L2420 1600L-20 1600Z" fill="url(#w${index})"/>${streaks}<path d="${crest}" fill="none" stroke="#f3faf4" stroke-width="${round(3 + part * 9)}" stroke-opacity="0.9" stroke-linejoin="round"/>${foam}`;
  });
  const fills = repeat(15, (index) =>
    gradient(`w${index}`, [
      [0, mix([108, 182, 190], [22, 84, 124], index / 14)],
      [0.5, mix([72, 150, 170], [10, 44, 86], index / 14)],
    ]),
  );
  return svg(
    2400,
    1600,
    fills +
      gradient('sky', [
        [0, '#e9d9bd'],
        [1, '#f7f0e0'],
      ]) +
      glow('sun', [
        [0, '#d9583b'],
        [0.98, '#d1492e'],
        [1, '#d1492e', 0],
      ]),
    rectangle(2400, 1600, 'url(#sky)') + `<circle cx="1640" cy="330" r="190" fill="url(#sun)"/>` + layers,
  );
};

const leaf = (
  random: Random,
  x: number,
  y: number,
  length: number,
  turn: number,
  color: string,
  vein: string,
): string => {
  const half = length * between(random, 0.17, 0.24);
  const blade = `M0 0C${round(half)} ${round(-length * 0.25)} ${round(half * 1.1)} ${round(-length * 0.65)} 0 ${round(-length)}C${round(-half * 1.1)} ${round(-length * 0.65)} ${round(-half)} ${round(-length * 0.25)} 0 0Z`;
  const veins = repeat(8, (index) => {
    const at = -length * (0.12 + index * 0.095);
    const reach = half * Math.sin(Math.PI * Math.min(0.94, 0.2 + index * 0.1)) * 0.86;
    return `M0 ${round(at)}Q${round(reach * 0.5)} ${round(at - length * 0.03)} ${round(reach)} ${round(at - length * 0.09)}M0 ${round(at)}Q${round(-reach * 0.5)} ${round(at - length * 0.03)} ${round(-reach)} ${round(at - length * 0.09)}`;
  });
  return `<g transform="translate(${round(x)} ${round(y)}) rotate(${round(turn)})"><path d="${blade}" fill="${color}"/><path d="M0 0C${round(half)} ${round(-length * 0.25)} ${round(half * 1.1)} ${round(-length * 0.65)} 0 ${round(-length)}Z" fill="#06251c" fill-opacity="0.16"/><path d="M0 ${round(length * 0.06)}V${round(-length * 0.97)}${veins}" stroke="${vein}" stroke-width="${round(length / 130)}" fill="none" stroke-opacity="0.75"/></g>`;
};

const botanical = (random: Random): string => {
  const stems = repeat(3, (stem) => {
    const foot = 620 + stem * 180;
    const bend = (stem - 1) * 330;
    const at = (part: number): [number, number] => [
      foot + bend * part * part,
      1900 - part * (1500 - Math.abs(stem - 1) * 180),
    ];
    const [topX, topY] = at(1);
    const line = `<path d="M${foot} 1960Q${foot} ${round((1960 + topY) / 2)} ${round(topX)} ${round(topY)}" stroke="#3f5f45" stroke-width="13" fill="none" stroke-linecap="round"/>`;
    const leaves = repeat(11, (index) => {
      const part = 0.14 + index * 0.079;
      const [x, y] = at(part);
      const side = index % 2 === 0 ? 1 : -1;
      const length = between(random, 250, 340) * (1.15 - part * 0.5);
      const color = mix([42, 112, 84], [150, 186, 120], between(random, 0, 1) * 0.6 + stem * 0.15);
      return leaf(
        random,
        x,
        y,
        length,
        side * between(random, 42, 72) + bend * part * 0.06,
        color,
        '#d9ecc4',
      );
    });
    return (
      line +
      leaves +
      leaf(random, topX, topY + 10, 260, bend * 0.08, mix([42, 112, 84], [150, 186, 120], 0.7), '#d9ecc4')
    );
  });
  const berries = repeat(15, () => {
    const x = between(random, 420, 1180);
    const y = between(random, 520, 1500);
    return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(between(random, 15, 27))}" fill="url(#berry)"/>`;
  });
  return svg(
    1600,
    2000,
    glow(
      'berry',
      [
        [0, '#ffb59a'],
        [0.35, '#e0593f'],
        [1, '#8f2320'],
      ],
      'cx="0.36" cy="0.32" r="0.75"',
    ),
    stems + berries,
  );
};

const petals = (random: Random): string => {
  const rings = repeat(7, (ring) =>
    repeat(13, (index) => {
      const turn = (index / 13) * 360 + ring * 17 + between(random, -5, 5);
      const length = 1180 - ring * 150;
      const half = length * 0.24;
      return `<g transform="translate(820 1080) rotate(${round(turn)})"><path d="M0 0C${round(half)} ${round(-length * 0.3)} ${round(half * 1.3)} ${round(-length * 0.82)} 0 ${-length}C${round(-half * 1.3)} ${round(-length * 0.82)} ${round(-half)} ${round(-length * 0.3)} 0 0Z" fill="url(#p${ring})"/><path d="M0 0V${round(-length * 0.9)}" stroke="#fff4ee" stroke-width="5" stroke-opacity="0.16"/></g>`;
    }),
  );
  const fills = repeat(7, (ring) =>
    gradient(`p${ring}`, [
      [0, mix([255, 226, 214], [255, 214, 150], ring / 6)],
      [0.5, mix([236, 128, 150], [250, 150, 110], ring / 6)],
      [1, mix([150, 40, 96], [226, 84, 92], ring / 6)],
    ]),
  );
  const pollen = repeat(420, () => {
    const turn = random() * Math.PI * 2;
    const far = random() ** 0.6 * 190;
    return `<circle cx="${round(820 + Math.cos(turn) * far)}" cy="${round(1080 + Math.sin(turn) * far)}" r="${round(between(random, 5, 13))}" fill="${mix([255, 222, 110], [190, 96, 30], random())}"/>`;
  });
  const drops = repeat(34, () => {
    const x = between(random, 80, 1520);
    const y = between(random, 140, 1900);
    const r = between(random, 7, 26);
    return `<circle cx="${round(x)}" cy="${round(y)}" r="${round(r)}" fill="url(#drop)"/><circle cx="${round(x - r * 0.32)}" cy="${round(y - r * 0.36)}" r="${round(r * 0.22)}" fill="#ffffff" fill-opacity="0.85"/>`;
  });
  return svg(
    1600,
    2000,
    fills +
      glow('drop', [
        [0, '#ffffff', 0.08],
        [0.7, '#ffffff', 0.2],
        [1, '#5a1030', 0.5],
      ]) +
      gradient('back', [
        [0, '#22402f'],
        [1, '#0f2018'],
      ]),
    rectangle(1600, 2000, 'url(#back)') + rings + pollen + drops,
  );
};

const glassColors = ['#c8553d', '#e0a458', '#419d94', '#2f4b8f', '#8f3f71', '#f2d0a4'] as const;

/** Discs of glass, each with a bright rim. */
const glass = (random: Random): string => {
  const discs = repeat(34, (index) => {
    const r = between(random, 90, 430) * (1.1 - index / 60);
    const place = `cx="${round(random() * 2000)}" cy="${round(random() * 2000)}" r="${round(r)}"`;
    return `<circle ${place} fill="url(#g${index % glassColors.length})"/><circle ${place} fill="none" stroke="#fff7e8" stroke-width="5" stroke-opacity="0.2"/>`;
  });
  const fills = glassColors
    .map((color, index) =>
      glow(`g${index}`, [
        [0, color, 0.3],
        [0.8, color, 0.5],
        [1, color, 0.72],
      ]),
    )
    .join('');
  const ground = gradient(
    'ground',
    [
      [0, '#1d2b4f'],
      [0.6, '#3a2c5a'],
      [1, '#14182f'],
    ],
    'x1="0" y1="0" x2="1" y2="1"',
  );
  return svg(2000, 2000, fills + ground, rectangle(2000, 2000, 'url(#ground)') + discs);
};

export const studies: readonly Scene[] = [
  { name: 'paper-shapes', width: 2000, height: 2000, grain: 10, draw: paper },
  { name: 'paper-waves', width: 2400, height: 1600, grain: 8, draw: waves },
  { name: 'petals-close-up', width: 1600, height: 2000, grain: 7, draw: petals },
  { name: 'coloured-glass', width: 2000, height: 2000, grain: 14, draw: glass },
];

/** Drawn on nothing: it stays transparent. */
export const cutOut: Scene = {
  name: 'botanical-leaves',
  width: 1600,
  height: 2000,
  grain: 0,
  draw: botanical,
};
