import sharp, { type Metadata, type SharpOptions } from 'sharp';
import { RenderError } from '../render/render-error.ts';
import type { InputFormat } from '../render/sniff.ts';

/** What libvips calls the formats that it can read the header of. */
const libvipsNames: Partial<Record<InputFormat, { format: string; compression?: string }>> = {
  jpeg: { format: 'jpeg' },
  png: { format: 'png' },
  webp: { format: 'webp' },
  gif: { format: 'gif' },
  tiff: { format: 'tiff' },
  svg: { format: 'svg' },
  avif: { format: 'heif', compression: 'av1' },
  heic: { format: 'heif', compression: 'hevc' },
};

/**
 * Reads a header with libvips, without limits: those are for the caller, in words of our own.
 *
 * @throws RenderError not-an-image, also when libvips takes the file for another format than its first bytes say
 */
export const readHeader = async (
  input: string | Uint8Array,
  format: InputFormat,
  options: SharpOptions = {},
): Promise<Metadata> => {
  let header: Metadata;
  try {
    header = await sharp(input, { ...options, limitInputPixels: false }).metadata();
  } catch (cause) {
    throw new RenderError('not-an-image', 'The header of this image cannot be read', { cause });
  }
  const expected = libvipsNames[format];
  if (
    header.format !== expected?.format ||
    header.compression !== (expected.compression ?? header.compression)
  ) {
    throw new RenderError('not-an-image', 'This image is not what its first bytes say');
  }
  return header;
};
