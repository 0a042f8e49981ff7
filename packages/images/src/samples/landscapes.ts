import {
  below,
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

const boat = (x: number, y: number, size: number, color: string): string => {
  const hull = `M${x - size} ${y}Q${x - size * 0.8} ${y + size * 0.36} ${x - size * 0.55} ${y + size * 0.36}H${x + size * 0.6}Q${x + size * 0.95} ${y + size * 0.3} ${x + size * 1.15} ${y - size * 0.06}Z`;
  const mast = `<path d="M${x} ${y}V${y - size * 2.5}M${x} ${y - size * 2.4}L${x + size * 1.1} ${y - size * 0.1}M${x} ${y - size * 2.4}L${x - size} ${y - size * 0.05}M${x} ${y - size * 0.5}H${x - size * 0.85}" stroke="${color}" stroke-width="${round(size / 26)}" fill="none"/>`;
  const cabin = `<rect x="${x - size * 0.42}" y="${y - size * 0.34}" width="${size * 0.6}" height="${size * 0.36}" rx="${size * 0.05}" fill="${color}"/>`;
  return `<path d="${hull}" fill="${color}"/>${cabin}${mast}`;
};

const boats = [
  [620, 1120, 118],
  [1080, 1040, 70],
  [1830, 1180, 160],
  [2160, 1020, 56],
  [300, 1010, 48],
] as const;

const harbour = (random: Random): string => {
  const noise = createNoise(random);
  const horizon = 960;
  const hills = repeat(3, (index) => {
    const line = (x: number): number =>
      horizon - 130 + index * 48 - 90 * noise(x / (520 - index * 110) + index * 31);
    return `<path d="${below(2400, horizon, 12, line)}" fill="${mix([206, 132, 138], [92, 74, 112], index / 2)}" fill-opacity="0.85"/>`;
  });
  const glints = repeat(900, () => {
    const depth = random() ** 1.7;
    const y = horizon + 6 + depth * 630;
    const near = Math.max(0, 1 - Math.abs(random() + random() - 1) * 1.2);
    const x = 1420 + (random() - 0.5) * (260 + depth * 1500) * (1.3 - near * 0.6);
    const length = 8 + depth * 120 * random();
    return `<rect x="${round(x - length / 2)}" y="${round(y)}" width="${round(length)}" height="${round(1.2 + depth * 5)}" rx="2" fill="#ffe3b0" fill-opacity="${(0.12 + near * 0.4).toFixed(2)}"/>`;
  });
  const ripples = repeat(420, () => {
    const depth = random() ** 1.5;
    const length = 40 + depth * 320;
    return `<rect x="${round(random() * 2500 - 100)}" y="${round(horizon + 8 + depth * 640)}" width="${round(length)}" height="${round(1 + depth * 6)}" rx="3" fill="${random() < 0.5 ? '#2b3458' : '#f0a58f'}" fill-opacity="0.13"/>`;
  });
  const clouds = repeat(26, () => {
    const y = between(random, 120, 760);
    return `<ellipse cx="${round(random() * 2400)}" cy="${round(y)}" rx="${round(between(random, 180, 620))}" ry="${round(between(random, 6, 26))}" fill="${mix([140, 112, 160], [255, 196, 150], y / 800)}" fill-opacity="0.28"/>`;
  });
  const fleet = boats.map(([x, y, size]) => {
    const reflection = `<g transform="translate(0 ${2 * y + size * 0.7}) scale(1 -1)" opacity="0.3">${boat(x, y, size, '#1d2140')}</g>`;
    return reflection + boat(x, y, size, '#20203c');
  });
  return svg(
    2400,
    1600,
    gradient('sky', [
      [0, '#4a5a8f'],
      [0.4, '#b887a5'],
      [0.75, '#f6b08c'],
      [1, '#ffd9a0'],
    ]) +
      gradient('sea', [
        [0, '#f2b592'],
        [0.18, '#b98a9a'],
        [0.55, '#5d6289'],
        [1, '#2a3358'],
      ]) +
      glow('sun', [
        [0, '#fff6d8'],
        [0.12, '#fff0c4'],
        [0.16, '#ffdf9e', 0.75],
        [1, '#ffc98a', 0],
      ]),
    rectangle(2400, horizon, 'url(#sky)') +
      clouds +
      `<circle cx="1420" cy="820" r="520" fill="url(#sun)"/>` +
      hills +
      `<rect y="${horizon}" width="2400" height="640" fill="url(#sea)"/>` +
      ripples +
      glints +
      fleet.join(''),
  );
};

const dunes = (random: Random): string => {
  const noise = createNoise(random);
  const layers = repeat(6, (index) => {
    const part = index / 5;
    const base = 720 + part ** 1.4 * 640;
    const reach = 900 - part * 240;
    const crest = (x: number): number =>
      base - (110 + part * 150) * Math.sin((x + index * 610) / reach) - 46 * noise(x / 700 + index * 9);
    // The shaded side of a dune hangs from the same crest and falls away faster.
    const shade = (x: number): number =>
      crest(x) +
      (30 + 260 * part) * (0.5 + 0.5 * Math.sin((x + index * 610) / reach + 1.9)) +
      14 * noise(x / 120);
    const sand = `<path d="${below(2400, 1600, 10, crest)}" fill="url(#sand${index})"/>`;
    const lit: string[] = [];
    for (let x = 0; x <= 2410; x += 10) lit.push(`${x} ${round(crest(x))}`);
    for (let x = 2410; x >= 0; x -= 10) lit.push(`${x} ${round(shade(x))}`);
    const ripples = repeat(index > 2 ? 26 : 0, (row) => {
      const points: string[] = [];
      for (let x = 0; x <= 2400; x += 24)
        points.push(`${x} ${round(shade(x) + 24 + row * (10 + part * 12) + 7 * Math.sin(x / 60 + row))}`);
      return `<path d="M${points.join('L')}" fill="none" stroke="#7a3f22" stroke-width="2" stroke-opacity="0.10"/>`;
    });
    return `${sand}<path d="M${lit.join('L')}Z" fill="${mix([214, 128, 84], [132, 62, 42], part)}" fill-opacity="${(0.5 + part * 0.22).toFixed(2)}"/>${ripples}`;
  });
  const sands = repeat(6, (index) =>
    gradient(`sand${index}`, [
      [0, mix([250, 205, 150], [240, 158, 88], index / 5)],
      [0.5, mix([240, 178, 120], [214, 120, 62], index / 5)],
      [1, mix([228, 160, 108], [150, 74, 44], index / 5)],
    ]),
  );
  return svg(
    2400,
    1600,
    sands +
      gradient('sky', [
        [0, '#2f6f9f'],
        [0.5, '#8fb9c9'],
        [1, '#fbe3c0'],
      ]) +
      glow('sun', [
        [0, '#fffdf0'],
        [0.1, '#fff3cf'],
        [0.2, '#ffe9b5', 0.5],
        [1, '#ffe2a8', 0],
      ]),
    rectangle(2400, 860, 'url(#sky)') + `<circle cx="520" cy="480" r="430" fill="url(#sun)"/>` + layers,
  );
};

const night = (random: Random): string => {
  const noise = createNoise(random);
  const stars = repeat(2600, (index) => {
    const band = index % 2 === 0;
    const along = random();
    const x = band ? 120 + along * 1500 + (random() + random() - 1) * 330 : random() * 1600;
    const y = band ? 1500 - along * 1500 + (random() + random() - 1) * 260 : random() * 1750;
    const bright = random() ** 6;
    return `<circle cx="${round(x)}" cy="${round(y)}" r="${(0.7 + bright * 3.2).toFixed(2)}" fill="${random() < 0.25 ? '#ffe2c4' : '#dfe8ff'}" fill-opacity="${(0.25 + random() * 0.7).toFixed(2)}"/>`;
  });
  const haze = repeat(46, (index) => {
    const along = (index + random()) / 46;
    const size = between(random, 120, 330);
    return `<circle cx="${round(120 + along * 1450 + between(random, -120, 120))}" cy="${round(1480 - along * 1450 + between(random, -120, 120))}" r="${round(size)}" fill="url(#${random() < 0.4 ? 'rose' : 'blue'})"/>`;
  });
  const ridges = repeat(5, (index) => {
    const part = index / 4;
    const line = (x: number): number =>
      1640 +
      index * 130 -
      (300 - index * 34) * Math.abs(noise(x / (430 - index * 40) + index * 13)) -
      40 * noise(x / 70 + index);
    return `<path d="${below(1600, 2400, 6, line)}" fill="${mix([58, 70, 116], [8, 11, 24], part ** 0.7)}"/>`;
  });
  const pines = repeat(120, () => {
    const x = random() * 1640 - 20;
    const height = between(random, 70, 250);
    const foot = 2400;
    const top = foot - height - 40 * noise(x / 200);
    return `<path d="M${round(x)} ${round(top)}L${round(x + height * 0.17)} ${foot}H${round(x - height * 0.17)}Z" fill="#04060e"/>`;
  });
  return svg(
    1600,
    2400,
    gradient('sky', [
      [0, '#070b20'],
      [0.45, '#14224d'],
      [0.68, '#33508a'],
      [0.76, '#7f7fb0'],
    ]) +
      glow('blue', [
        [0, '#9fb4ff', 0.12],
        [1, '#6f86e0', 0],
      ]) +
      glow('rose', [
        [0, '#f0b6d8', 0.11],
        [1, '#b070c0', 0],
      ]),
    rectangle(1600, 2400, 'url(#sky)') + haze + stars + ridges + pines,
  );
};

const ridges = (random: Random): string => {
  const noise = createNoise(random);
  const layers = repeat(9, (index) => {
    const part = index / 8;
    const line = (x: number): number =>
      560 +
      index * 118 -
      (150 + index * 14) * noise(x / (620 - index * 44) + index * 23) -
      24 * noise(x / 60 + index * 5) * part;
    return `<path d="${below(2400, 1600, 8, line)}" fill="url(#r${index})"/>`;
  });
  const fills = repeat(9, (index) =>
    gradient(`r${index}`, [
      [0, mix([176, 200, 206], [14, 46, 54], (index / 8) ** 0.85)],
      [1, mix([226, 232, 226], [60, 104, 108], (index / 8) ** 1.2)],
    ]),
  );
  const birds = repeat(7, (index) => {
    const x = 1500 + index * 62 + between(random, -20, 20);
    const y = 330 + Math.abs(index - 3) * 26 + between(random, -8, 8);
    return `<path d="M${round(x - 20)} ${round(y - 7)}Q${round(x - 9)} ${round(y - 15)} ${round(x)} ${round(y)}Q${round(x + 9)} ${round(y - 15)} ${round(x + 20)} ${round(y - 7)}" stroke="#4b5f66" stroke-width="4" fill="none" stroke-linecap="round"/>`;
  });
  return svg(
    2400,
    1600,
    fills +
      gradient('sky', [
        [0, '#a9c6cf'],
        [0.55, '#f3e7d3'],
        [1, '#f8d9b8'],
      ]) +
      glow('sun', [
        [0, '#fffaf0'],
        [0.2, '#fff3dc', 0.9],
        [0.24, '#ffe9c8', 0.4],
        [1, '#ffe4bd', 0],
      ]),
    rectangle(2400, 1600, 'url(#sky)') +
      `<circle cx="760" cy="430" r="330" fill="url(#sun)"/>` +
      birds +
      layers,
  );
};

export const landscapes: readonly Scene[] = [
  { name: 'harbour-at-dawn', width: 2400, height: 1600, grain: 12, draw: harbour },
  { name: 'dunes-in-evening-light', width: 2400, height: 1600, grain: 13, draw: dunes },
  { name: 'night-over-the-mountains', width: 1600, height: 2400, grain: 9, draw: night },
  { name: 'misty-ridges', width: 2400, height: 1600, grain: 10, draw: ridges },
];
