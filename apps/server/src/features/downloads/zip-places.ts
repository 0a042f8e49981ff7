import { AppError } from '../../kernel/app-error.ts';

/** Zips that are being sent by this process. */
export interface ZipPlaces {
  /** Call what it returns when the zip is over. @throws AppError tooManyRequests where all places are taken */
  take(): () => void;
}

const retrySeconds = 10;

/** @param places each holds two connections to a bucket at most, and some megabytes */
export const createZipPlaces = (places: number): ZipPlaces => {
  let taken = 0;
  return {
    take: () => {
      if (taken >= places) {
        throw new AppError(
          'tooManyRequests',
          `${places} zips are being sent just now. Wait ${retrySeconds} seconds before you try again.`,
          { headers: { 'retry-after': String(retrySeconds) } },
        );
      }
      taken += 1;
      let free = false;
      return () => {
        if (!free) taken -= 1;
        free = true;
      };
    },
  };
};
