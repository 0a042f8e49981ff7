import { glow, repeat, round, svg } from './scene.ts';

const size = 320;
export const moonFrames = 24;

/** One frame of a moon that wanes and waxes over water, without end. */
export const moonPhase = (frame: number): string => {
  // The first frame is the full moon: it is what a still shows.
  const phase = (frame / moonFrames) * Math.PI * 2 + Math.PI;
  const shadow = Math.cos(phase) * 62;
  const sweep = Math.sin(phase) >= 0;
  const limb = `M160 68A62 62 0 0 ${sweep ? 1 : 0} 160 192A${round(Math.abs(shadow))} 62 0 0 ${shadow > 0 === sweep ? 0 : 1} 160 68Z`;
  const stars = repeat(26, (index) => {
    const x = (index * 83 + 29) % size;
    const y = (index * 47 + 11) % 210;
    const light = 0.35 + 0.3 * Math.sin(phase * 2 + index);
    return `<circle cx="${x}" cy="${y}" r="1.3" fill="#dfe6ff" fill-opacity="${light.toFixed(2)}"/>`;
  });
  const water = repeat(9, (index) => {
    const width = 34 + index * 15 + 12 * Math.sin(phase + index * 1.3);
    return `<rect x="${round(160 - width / 2)}" y="${236 + index * 9}" width="${round(width)}" height="3" rx="1.5" fill="#cfd8ff" fill-opacity="${(0.5 - index * 0.04).toFixed(2)}"/>`;
  });
  return svg(
    size,
    size,
    glow('halo', [
      [0, '#b9c6ff', 0.35],
      [1, '#8090e0', 0],
    ]),
    `<rect width="${size}" height="${size}" fill="#121a3e"/><rect y="228" width="${size}" height="92" fill="#0c1230"/><circle cx="160" cy="130" r="120" fill="url(#halo)"/>${stars}<circle cx="160" cy="130" r="62" fill="#232c58"/><path d="${limb}" fill="#f6f0d8"/>${water}`,
  );
};
