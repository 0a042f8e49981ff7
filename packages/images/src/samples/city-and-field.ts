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

const tower = (random: Random, x: number, top: number, width: number, layer: number): string => {
  const color = mix([96, 84, 140], [16, 16, 40], layer / 2);
  const body = `<rect x="${round(x)}" y="${round(top)}" width="${round(width)}" height="${round(1400 - top)}" fill="${color}"/>`;
  const antenna =
    random() < 0.3
      ? `<rect x="${round(x + width / 2 - 3)}" y="${round(top - 90)}" width="6" height="90" fill="${color}"/>`
      : '';
  const step = layer === 2 ? 30 : 22;
  const columns = Math.floor((width - 14) / step);
  const rows = Math.floor((1330 - top) / (step * 1.25));
  const lit = layer === 0 ? 0.14 : 0.36;
  const windows = repeat(columns * rows, (index) => {
    if (random() > lit) return '';
    const left = x + 10 + (index % columns) * step;
    const up = top + 18 + Math.floor(index / columns) * step * 1.25;
    const warm = random();
    return `<rect x="${round(left)}" y="${round(up)}" width="${step * 0.52}" height="${step * 0.66}" fill="${warm < 0.7 ? '#ffd48a' : warm < 0.9 ? '#fff1cf' : '#9fd4ff'}" fill-opacity="${(0.35 + random() * 0.6).toFixed(2)}"/>`;
  });
  return body + antenna + windows;
};

const skyline = (random: Random, layer: number): string => {
  const towers: string[] = [];
  for (let x = -40; x < 2400;) {
    const width = between(random, 90 + layer * 20, 190 + layer * 50);
    const middle = 1 - Math.min(1, Math.abs(x - 1250 + layer * 120) / 1300);
    const height = between(random, 180, 360) + middle * (520 - layer * 150) * random();
    towers.push(tower(random, x, 1280 - height, width, layer));
    x += width + between(random, layer === 2 ? 10 : -14, layer === 2 ? 90 : 26);
  }
  return towers.join('');
};

const city = (random: Random): string => {
  const clouds = repeat(22, () => {
    const y = between(random, 240, 900);
    return `<ellipse cx="${round(random() * 2400)}" cy="${round(y)}" rx="${round(between(random, 200, 700))}" ry="${round(between(random, 8, 30))}" fill="${mix([86, 70, 140], [255, 150, 120], y / 900)}" fill-opacity="0.3"/>`;
  });
  const layers = repeat(
    3,
    (layer) =>
      `${skyline(random, layer)}<rect y="900" width="2400" height="380" fill="url(#dust)" fill-opacity="${layer === 2 ? 0 : 0.35}"/>`,
  );
  const lights = repeat(520, () => {
    const depth = random();
    return `<rect x="${round(random() * 2400)}" y="${round(1290 + depth * 310)}" width="${round(6 + random() * 16)}" height="${round(10 + depth * 60)}" rx="3" fill="${random() < 0.75 ? '#ffcf8a' : '#ff8f8f'}" fill-opacity="${(0.06 + random() * 0.3).toFixed(2)}"/>`;
  });
  const ripples = repeat(
    260,
    () =>
      `<rect x="${round(random() * 2400 - 100)}" y="${round(1288 + random() * 312)}" width="${round(between(random, 60, 420))}" height="3" fill="#0a0c22" fill-opacity="0.32"/>`,
  );
  return svg(
    2400,
    1600,
    gradient('sky', [
      [0, '#1c2352'],
      [0.35, '#5a4a8c'],
      [0.62, '#d2718a'],
      [0.8, '#ffb27a'],
    ]) +
      gradient('dust', [
        [0, '#e88a86', 0],
        [1, '#ffb488', 0.9],
      ]) +
      gradient('river', [
        [0, '#6d4e76'],
        [0.3, '#2d2a55'],
        [1, '#0f1230'],
      ]),
    rectangle(2400, 1600, 'url(#sky)') +
      clouds +
      layers +
      `<rect y="1280" width="2400" height="320" fill="url(#river)"/>` +
      lights +
      ripples,
  );
};

const poppies = (random: Random): string => {
  const noise = createNoise(random);
  const hills = repeat(
    3,
    (index) =>
      `<path d="${below(2400, 1500, 12, (x) => 560 + index * 50 - 100 * noise(x / 600 + index * 40))}" fill="${mix([142, 176, 182], [96, 140, 96], index / 2)}"/>`,
  );
  const flowers = repeat(2300, (index) => {
    const depth = (index / 2300) ** 1.5;
    const y = 690 + depth * 830;
    const size = 2.5 + depth * 44;
    const x = random() * 2460 - 30;
    const lean = between(random, -0.4, 0.4) * size;
    const red = mix([236, 96, 70], [196, 26, 34], random());
    const stem = `<path d="M${round(x)} ${round(y)}q${round(lean)} ${round(size * 1.4)} 0 ${round(size * 3)}" stroke="#3f6b33" stroke-width="${round(size / 10)}" fill="none"/>`;
    const petals = repeat(4, (petal) => {
      const turn = petal * 1.6 + random();
      return `<ellipse cx="${round(x + Math.cos(turn) * size * 0.4)}" cy="${round(y + Math.sin(turn) * size * 0.26)}" rx="${round(size * 0.62)}" ry="${round(size * 0.46)}" fill="${red}" fill-opacity="0.88"/>`;
    });
    const heart =
      size > 9 ? `<circle cx="${round(x)}" cy="${round(y)}" r="${round(size * 0.2)}" fill="#2a1a20"/>` : '';
    const grass = `<path d="M${round(x + size)} ${round(y + size * 3)}q${round(-lean)} ${round(-size * 2)} ${round(lean)} ${round(-size * 3.2)}" stroke="${mix([150, 180, 90], [70, 120, 50], random())}" stroke-width="${round(0.6 + size / 14)}" fill="none"/>`;
    return stem + grass + petals + heart;
  });
  return svg(
    2400,
    1500,
    gradient('sky', [
      [0, '#5d9bcb'],
      [0.7, '#cfe4ea'],
      [1, '#fbf1d8'],
    ]) +
      gradient('field', [
        [0, '#b9c27a'],
        [0.3, '#7fa050'],
        [1, '#2f5a2b'],
      ]),
    rectangle(2400, 720, 'url(#sky)') +
      hills +
      `<rect y="670" width="2400" height="830" fill="url(#field)"/>` +
      flowers,
  );
};

const pines = (random: Random): string => {
  const trunks = repeat(
    4,
    (layer) =>
      repeat(11 - layer * 2, () => {
        const x = random() * 1600;
        const width = between(random, 14, 26) * (1 + layer * 0.95);
        const shade = layer / 3;
        const branches = repeat(9 - layer, () => {
          const y = between(random, 40, 2100);
          const reach = between(random, 60, 190) * (random() < 0.5 ? -1 : 1);
          return `<path d="M${round(x)} ${round(y)}q${round(reach * 0.6)} ${round(-20)} ${round(reach)} ${round(50)}" stroke="${mix([142, 166, 142], [18, 30, 24], shade)}" stroke-width="${round(3 + layer * 2)}" fill="none"/>`;
        });
        return `${branches}<path d="M${round(x - width / 2)} 2400L${round(x - width / 3)} 0H${round(x + width / 3)}L${round(x + width / 2)} 2400Z" fill="url(#t${layer})"/>`;
      }) +
      `<rect width="1600" height="2400" fill="url(#mist)" fill-opacity="${(0.5 - layer * 0.16).toFixed(2)}"/>`,
  );
  const ferns = repeat(420, () => {
    const x = random() * 1600;
    const height = between(random, 40, 210);
    const lean = between(random, -90, 90);
    return `<path d="M${round(x)} 2410q${round(lean * 0.2)} ${round(-height * 0.8)} ${round(lean)} ${round(-height)}" stroke="${mix([120, 158, 84], [22, 52, 30], random())}" stroke-width="${round(between(random, 3, 9))}" fill="none" stroke-linecap="round"/>`;
  });
  const rays = repeat(
    7,
    (index) =>
      `<path d="M${-100 + index * 210} -50l${round(between(random, 60, 150))} 0l620 2500h-${round(between(random, 160, 330))}Z" fill="url(#ray)"/>`,
  );
  const barks = repeat(4, (layer) =>
    gradient(
      `t${layer}`,
      [
        [0, mix([150, 172, 152], [30, 32, 28], layer / 3)],
        [0.3, mix([176, 190, 160], [96, 74, 52], layer / 3)],
        [1, mix([138, 162, 146], [14, 18, 18], layer / 3)],
      ],
      'x1="0" y1="0" x2="1" y2="0"',
    ),
  );
  return svg(
    1600,
    2400,
    barks +
      gradient('air', [
        [0, '#f5f3d4'],
        [0.45, '#cfe0bd'],
        [1, '#6f9372'],
      ]) +
      gradient('mist', [
        [0, '#fdf8da', 0.25],
        [0.7, '#dcebcf', 0.9],
        [1, '#a8c79c', 0.8],
      ]) +
      gradient('ray', [
        [0, '#fffbe0', 0.34],
        [1, '#fffbe0', 0],
      ]) +
      glow('sun', [
        [0, '#fffef0'],
        [0.3, '#fff8d4', 0.6],
        [1, '#fff6c8', 0],
      ]),
    rectangle(1600, 2400, 'url(#air)') +
      `<circle cx="380" cy="260" r="620" fill="url(#sun)"/>` +
      trunks +
      rays +
      ferns,
  );
};

export const cityAndField: readonly Scene[] = [
  { name: 'city-at-dusk', width: 2400, height: 1600, grain: 10, draw: city },
  { name: 'poppy-field', width: 2400, height: 1500, grain: 9, draw: poppies },
  { name: 'tall-pines', width: 1600, height: 2400, grain: 10, turned: true, draw: pines },
];
