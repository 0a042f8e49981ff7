import sharp from 'sharp';

/** Red, green, blue and alpha, 0 to 255. */
export type Pixel = readonly [number, number, number, number];

/** A small picture that is drawn by arithmetic, so that it is the same on every machine. */
export interface Drawing {
  width: number;
  height: number;
  frames: number;
  /** RGBA, frames below each other. */
  data: Buffer;
}

export const draw = (
  width: number,
  height: number,
  paint: (x: number, y: number, frame: number) => Pixel,
  frames = 1,
): Drawing => {
  const data = Buffer.alloc(width * height * frames * 4);
  for (let row = 0; row < height * frames; row += 1) {
    for (let x = 0; x < width; x += 1) {
      data.set(paint(x, row % height, Math.floor(row / height)), (row * width + x) * 4);
    }
  }
  return { width, height, frames, data };
};

const inCircle = (x: number, y: number, cx: number, cy: number, r: number): boolean =>
  (x - cx) ** 2 + (y - cy) ** 2 <= r * r;

/** Every corner and edge differs, so that a turn, a mirror or a shift shows. */
export const scenery = draw(240, 160, (x, y) => {
  if (inCircle(x, y, 50, 45, 28)) return [236, 196, 60, 255];
  if (x > 170 && y > 95 && x < 225 && y < 145) return [176, 48, 52, 255];
  if (y > 120 + 18 * Math.sin(x / 22)) return [34 + x / 8, 110 - x / 6, 58, 255];
  if (x > 205 && y < 40) return [(x + y) % 10 < 5 ? 250 : 30, 30, 90, 255];
  return [70 + x / 3, 130 + y / 4, 214 - x / 4, 255];
});

/** The scenery of a quarter of its size, inside a border of 20 nearly white pixels. */
export const bordered = draw(160, 120, (x, y) => {
  const inside = x >= 20 && x < 140 && y >= 20 && y < 100;
  if (inside) {
    const at = (Math.floor((y - 20) * 2) * 240 + Math.floor((x - 20) * 2)) * 4;
    return [scenery.data[at] ?? 0, scenery.data[at + 1] ?? 0, scenery.data[at + 2] ?? 0, 255];
  }
  return (x + y) % 3 === 0 ? [252, 252, 250, 255] : [255, 255, 255, 255];
});

/** A disc with a soft edge and a hole, on nothing. */
export const cutout = draw(120, 90, (x, y) => {
  const distance = Math.hypot(x - 60, y - 45);
  const alpha = Math.max(0, Math.min(255, (40 - distance) * 32)) * (distance < 12 ? 0.4 : 1);
  return [220 - x, 60 + y, 140, Math.round(alpha)];
});

/** Plain but for one thing that catches the eye, far to the right. */
export const quiet = draw(300, 100, (x, y) =>
  inCircle(x, y, 250, 52, 24)
    ? [Math.floor(x / 5) % 2 === Math.floor(y / 5) % 2 ? 240 : 200, 60, 40, 255]
    : [112, 118, 120, 255],
);

/** An arrow to the right, half transparent at its tail. */
export const badge = draw(48, 32, (x, y) => {
  const head = x >= 24 && Math.abs(y - 15.5) < (48 - x) / 1.55;
  const tail = x < 24 && Math.abs(y - 15.5) < 6;
  if (head) return [255, 255, 255, 255];
  return tail ? [10, 20, 120, 150] : [0, 0, 0, 0];
});

/** A diamond that covers, on nothing. */
export const diamond = draw(60, 60, (x, y) => [
  0,
  0,
  0,
  Math.max(0, Math.min(255, Math.round((29 - Math.abs(x - 29.5) - Math.abs(y - 29.5)) * 128))),
]);

/** The same in white on black, without transparency. */
export const brightDiamond = draw(60, 60, (x, y) => {
  const bright = diamond.data[(y * 60 + x) * 4 + 3] ?? 0;
  return [bright, bright, bright, 255];
});

/** A bar that wanders to the right, one place a frame, with a border that trim takes. */
export const wandering = draw(
  64,
  48,
  (x, y, frame) => {
    if (x < 8 || x >= 56 || y < 6 || y >= 42) return [255, 255, 255, 255];
    return x >= 10 + frame * 12 && x < 20 + frame * 12 ? [200, 30, 60, 255] : [40, 70 + y * 2, 120, 255];
  },
  3,
);

export const rawOf = ({ width, height, frames, data }: Drawing) =>
  sharp(data, {
    raw: { width, height: height * frames, channels: 4, ...(frames > 1 ? { pageHeight: height } : {}) },
  });

const isOpaque = ({ data }: Drawing): boolean => {
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return false;
  return true;
};

/** As a file without loss: PNG, or WebP where it moves. */
export const fileOf = async (drawing: Drawing): Promise<Buffer> => {
  const image = isOpaque(drawing) ? rawOf(drawing).removeAlpha() : rawOf(drawing);
  return drawing.frames > 1
    ? image
        .webp({ lossless: true, loop: 0, delay: Array.from({ length: drawing.frames }, () => 120) })
        .toBuffer()
    : image.png().toBuffer();
};
