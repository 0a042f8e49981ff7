import sharp from 'sharp';

/** libvips' own names, each as a class for files and one for memory. */
const loaders = ['Jpeg', 'Png', 'Webp', 'Heif', 'Nsgif', 'Tiff'];

/**
 * Only decoders of formats that we name may run in this process, whatever a file says it is: no PDF, no ImageMagick, no
 * text formats. Everything else is decoded by code of its own or refused.
 */
export const allowLoaders = (): void => {
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({
    operation: [
      ...loaders.flatMap((name) => [`VipsForeignLoad${name}File`, `VipsForeignLoad${name}Buffer`]),
      // From memory alone, where the guard has read it, and without an address that references could lead on from.
      'VipsForeignLoadSvgBuffer',
    ],
  });
};
