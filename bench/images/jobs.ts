import type { Original } from './originals.ts';

export interface Job {
  original: Original;
  width: number;
  format: 'jpeg' | 'webp' | 'avif';
}

const ofJpeg = (original: Original): Job[] => [
  { original, width: 300, format: 'webp' },
  { original, width: 800, format: 'jpeg' },
  { original, width: 800, format: 'webp' },
  { original, width: 800, format: 'avif' },
];

export const jobs: readonly Job[] = [
  ...ofJpeg('town-12.jpg'),
  { original: 'town-12.png', width: 800, format: 'webp' },
  { original: 'town-12-progressive.jpg', width: 300, format: 'webp' },
  ...ofJpeg('town-24.jpg'),
  { original: 'town-24-progressive.jpg', width: 300, format: 'webp' },
];

export const nameOf = ({ original, width, format }: Job): string => {
  const megapixels = original.includes('24') ? 24 : 12;
  const kind = original.endsWith('.png')
    ? 'PNG'
    : original.includes('progressive')
      ? 'progressive JPEG'
      : 'JPEG';
  return `${megapixels} MP ${kind} to ${width} px ${format}`;
};
