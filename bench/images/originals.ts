import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { takePhotograph } from './camera.ts';
import type { Subject } from './scene.ts';

/** Raise when a change here, in the camera or in the scene changes a file. */
const revision = 1;

/** A town in its gardens: the one that speed is measured with. */
const town: Subject = { name: 'town', seed: 3, smooth: 0.3, finest: 1.6, texture: 14, straight: 0.4 };

/** Others, because an encoder's quality depends on the subject. */
const others: readonly Subject[] = [
  { name: 'foliage', seed: 11, smooth: 0, finest: 1.4, texture: 18, straight: 0.05 },
  { name: 'coast', seed: 23, smooth: 0.65, finest: 2.2, texture: 10, straight: 0.1 },
];

export const originals = [
  'town-12.jpg',
  'town-12-progressive.jpg',
  'town-12.png',
  'town-24.jpg',
  'town-24-progressive.jpg',
  'foliage-12.jpg',
  'coast-12.jpg',
] as const;
export type Original = (typeof originals)[number];

const writePhotograph = async (folder: string, subject: Subject, megapixels: number): Promise<void> => {
  const picture = await takePhotograph(subject, megapixels);
  const file = (ending: string): string => join(folder, `${subject.name}-${megapixels}${ending}`);
  await picture().jpeg({ quality: 90 }).toFile(file('.jpg'));
  if (subject !== town) return;
  await picture().jpeg({ quality: 90, progressive: true }).toFile(file('-progressive.jpg'));
  if (megapixels === 12) await picture().png().toFile(file('.png'));
};

/** Photographs of 12 and 24 megapixels in a folder, made once on each machine: half a minute. */
export const provideOriginals = async (): Promise<string> => {
  const folder = join(tmpdir(), `windlass-bench-originals-${revision}`);
  if (existsSync(folder)) return folder;
  const unfinished = await mkdtemp(`${folder}-`);
  try {
    for (const megapixels of [12, 24]) await writePhotograph(unfinished, town, megapixels);
    for (const subject of others) await writePhotograph(unfinished, subject, 12);
    await rename(unfinished, folder);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return folder;
};

export const bytesOf = async (folder: string, original: Original): Promise<number> =>
  (await stat(join(folder, original))).size;
