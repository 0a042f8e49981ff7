import { createRandom, type Random } from '../../packages/images/src/samples/scene.ts';

/** What tells one photograph from another. */
export interface Subject {
  name: string;
  seed: number;
  /** Share of the height that is smooth: sky, or a wall out of focus. */
  smooth: number;
  /** Radius of the smallest leaf, in pixels of a picture of 12 megapixels: what the lens resolves. */
  finest: number;
  /** Grain of surfaces, in levels of 255. */
  texture: number;
  /** Share of leaves with straight edges: buildings rather than foliage. */
  straight: number;
}

interface Canvas {
  width: number;
  height: number;
  pixels: Uint8Array;
}

const tileSide = 1024;

/** Texture as surfaces have it: noise of which every octave is as strong as the next, around 0. */
const createTexture = (random: Random): Float32Array => {
  const tile = new Float32Array(tileSide * tileSide);
  for (let cell = 256; cell >= 1; cell /= 2) {
    const lattice = Float32Array.from({ length: (tileSide / cell) ** 2 }, () => random() - 0.5);
    const across = tileSide / cell;
    for (let y = 0; y < tileSide; y += 1) {
      const row = Math.floor(y / cell) * across;
      for (let x = 0; x < tileSide; x += 1)
        tile[y * tileSide + x] = (tile[y * tileSide + x] ?? 0) + (lattice[row + Math.floor(x / cell)] ?? 0);
    }
  }
  return tile;
};

/** A bright gradient with soft clouds, as the part of a photograph that costs an encoder little. */
const paintSky = ({ width, height, pixels }: Canvas, random: Random): void => {
  const waves = Array.from({ length: 6 }, (_, index) => ({
    x: ((random() - 0.5) * 2 ** index * 6) / width,
    y: (random() * 2 ** index * 8) / width,
    phase: random() * 7,
    strength: 18 / (index + 1),
  }));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const cloud = waves.reduce(
        (sum, wave) => sum + wave.strength * Math.sin(x * wave.x + y * wave.y + wave.phase),
        0,
      );
      const at = (y * width + x) * 3;
      pixels[at] = 130 + (60 * y) / height + cloud;
      pixels[at + 1] = 165 + (40 * y) / height + cloud * 0.8;
      pixels[at + 2] = 215 + cloud * 0.4;
    }
  }
};

const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);

/**
 * A scene by the dead leaves model: surfaces of all sizes, their number falling with the cube of the radius, each hiding
 * what is behind it. Its edges and its spectrum are those of natural images (Lee, Mumford and Huang, "Occlusion models for
 * natural images", 2001), which is what decides the cost of decoding, scaling and encoding.
 */
const paintLeaves = (canvas: Canvas, subject: Subject, random: Random): void => {
  const { width, height, pixels } = canvas;
  const texture = createTexture(random);
  const scale = Math.sqrt((width * height) / 12e6);
  const [smallest, largest] = [subject.finest * scale, width / 5];
  const horizon = height * subject.smooth;
  const meanArea = Math.PI * 2 * smallest ** 2 * Math.log(largest / smallest);
  const leaves = Math.round((4 * width * (height - horizon)) / meanArea);
  for (let leaf = 0; leaf < leaves; leaf += 1) {
    // The inverse of the distribution: the density falls with the cube of the radius.
    const radius = 1 / Math.sqrt(1 / smallest ** 2 - random() * (1 / smallest ** 2 - 1 / largest ** 2));
    const [middleX, middleY] = [random() * width, horizon + random() * (height - horizon + radius)];
    const straight = random() < subject.straight;
    const turn = random() * Math.PI;
    const [turnX, turnY] = [Math.cos(turn), Math.sin(turn)];
    const light = 30 + 190 * random() ** 1.4;
    const [red, green, blue] = [
      light * (0.9 + random() * 0.25),
      light * (0.9 + random() * 0.2),
      light * (0.7 + random() * 0.35),
    ];
    const shadeX = ((random() - 0.5) * light * 0.7) / radius;
    const shadeY = ((random() - 0.5) * light * 0.7) / radius;
    const grain = subject.texture * random();
    const tileAt = Math.floor(random() * tileSide * tileSide);
    const reach = straight ? radius * 0.8 : radius;
    const [top, bottom] = [
      Math.max(0, Math.ceil(middleY - radius)),
      Math.min(height - 1, Math.floor(middleY + radius)),
    ];
    const [left, right] = [
      Math.max(0, Math.ceil(middleX - radius)),
      Math.min(width - 1, Math.floor(middleX + radius)),
    ];
    for (let y = top; y <= bottom; y += 1) {
      const dy = y - middleY;
      for (let x = left; x <= right; x += 1) {
        const dx = x - middleX;
        if (straight) {
          if (Math.abs(dx * turnX + dy * turnY) > reach * 0.7 || Math.abs(dy * turnX - dx * turnY) > reach)
            continue;
        } else if (dx * dx + dy * dy > radius * radius) continue;
        const tile =
          ((y & (tileSide - 1)) * tileSide + (x & (tileSide - 1)) + tileAt) & (tileSide * tileSide - 1);
        const shade = dx * shadeX + dy * shadeY + grain * (texture[tile] ?? 0);
        const at = (y * width + x) * 3;
        pixels[at] = clamp(red + shade);
        pixels[at + 1] = clamp(green + shade);
        pixels[at + 2] = clamp(blue + shade);
      }
    }
  }
};

/** The scene before the camera: RGB of 8 bits, the same pixels for the same subject and size. */
export const paintScene = (subject: Subject, size: { width: number; height: number }): Uint8Array => {
  const random = createRandom(subject.seed);
  const canvas = { ...size, pixels: new Uint8Array(size.width * size.height * 3) };
  paintSky(canvas, random);
  paintLeaves(canvas, subject, random);
  return canvas.pixels;
};
