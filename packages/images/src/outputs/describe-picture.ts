import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Metadata } from 'sharp';
import { detectFaces } from '../faces/detect-faces.ts';
import type { Face } from '../faces/face.ts';
import { profileName } from '../inputs/icc-profile.ts';
import type { OpenedOriginal } from '../inputs/opened-original.ts';
import { readHeader } from '../inputs/read-header.ts';
import type { WorkingPicture } from '../operations/operation.ts';
import { uprightSize } from '../plan/geometry.ts';
import { valueOr } from '../plan/parameter-defaults.ts';
import type { Plan } from '../plan/plan.ts';
import type { PictureJob } from '../render/job.ts';
import type { InputFormat } from '../render/sniff.ts';
import { exifFacts, type ExifFacts } from './exif-facts.ts';
import { blurhashOf, differenceHashOf, thumbhashOf } from './hashes.ts';
import { colorsOf, type PictureColors } from './picture-colors.ts';
import { smallCopy } from './small-copy.ts';

/** What `format=json` answers. Its layout is ours: imglab documents none. */
export interface PictureDescription {
  /** The file as it is stored. */
  original: {
    format: InputFormat;
    bytes: number;
    sha256: string;
    /** Upright, in pixels, of one frame. */
    width: number;
    height: number;
    /** EXIF, 1 to 8. */
    orientation: number;
    /** More than one: it moves. */
    frames: number;
    hasAlpha: boolean;
    progressive: boolean;
    /** Of its ICC profile, e.g. `Display P3`. */
    profile?: string;
    /** Dots an inch. */
    density?: number;
    /** Never where a picture was taken. */
    exif?: ExifFacts;
  };
  /** The picture that the other parameters make of it; `colors` and `hashes` are of this one. */
  picture: { width: number; height: number };
  colors: PictureColors;
  hashes: { blurhash: string; thumbhash: string; dhash: string };
  /** With `mode=face` or `crop=face`, as parts of the upright original, largest first. */
  faces?: readonly Face[];
}

const wantsFaces = ({ fit, values }: Plan): boolean => fit.mode === 'face' || values.crop === 'face';

const sha256Of = async (path: string): Promise<string> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
};

/** A drawing and a document have no header with more than their size. */
const headerOf = async (path: string, format: InputFormat): Promise<Partial<Metadata>> =>
  format === 'svg' || format === 'pdf' ? {} : readHeader(path, format);

/** Describes an original and the picture that a plan makes of it. */
export const describePicture = async (
  picture: WorkingPicture,
  opened: OpenedOriginal,
  { original, plan }: Pick<PictureJob, 'original' | 'plan'>,
): Promise<PictureDescription> => {
  const { facts } = opened;
  const [header, sha256] = await Promise.all([
    headerOf(original.path, facts.format),
    sha256Of(original.path),
  ]);
  const copy = await smallCopy(picture);
  const exif = header.exif === undefined ? {} : exifFacts(header.exif);
  const profile = header.icc === undefined ? undefined : profileName(header.icc);
  const { width, height } = uprightSize(facts, facts.orientation);
  return {
    original: {
      format: facts.format,
      bytes: original.bytes,
      sha256,
      width,
      height,
      orientation: facts.orientation,
      frames: facts.frames,
      hasAlpha: facts.alpha,
      progressive: facts.progressive,
      ...(profile === undefined ? {} : { profile }),
      ...(header.density === undefined ? {} : { density: header.density }),
      ...(Object.keys(exif).length === 0 ? {} : { exif }),
    },
    picture: { width: picture.width, height: picture.height },
    colors: colorsOf(copy),
    hashes: {
      blurhash: blurhashOf(copy, valueOr(plan.values, 'blurhash')),
      thumbhash: thumbhashOf(copy),
      dhash: await differenceHashOf(copy),
    },
    ...(wantsFaces(plan) ? { faces: await detectFaces(opened.image.clone()) } : {}),
  };
};
