import type { TeamId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';

/** Who a zip is for. */
export interface ZipReader {
  teamId: TeamId;
  /** As rate limits count addresses. */
  address: string;
}

/** Zips that are being sent by this process. */
export interface ZipPlaces {
  /** Call what it returns when the zip is over. @throws AppError tooManyRequests where the reader's share is taken */
  take(reader: ZipReader): () => void;
}

const retrySeconds = 10;

/**
 * Shares places out. A team may have as many as there are free ones (dynamic thresholds, Choudhury and Hahne 1998): half of
 * all while it is alone, a third each when there are two, and always some that nobody has, for whoever comes next. Within
 * that an address has a fixed number.
 *
 * @param places each holds two connections to a bucket at most, and some megabytes
 */
export const createZipPlaces = ({
  places,
  perAddress,
}: {
  places: number;
  perAddress: number;
}): ZipPlaces => {
  const taken = new Set<ZipReader>();
  const countOf = (isSame: (other: ZipReader) => boolean): number => [...taken].filter(isSame).length;
  return {
    take: (reader) => {
      const ofTeam = countOf(({ teamId }) => teamId === reader.teamId);
      const ofAddress = countOf(({ address }) => address === reader.address);
      if (ofAddress >= perAddress)
        throw refusal(`${ofAddress} zips are being sent to your address just now.`);
      if (ofTeam >= places - taken.size)
        throw refusal(`${ofTeam} zips of this team are being sent just now.`);
      // A key of its own: one reader may have several.
      const place = { ...reader };
      taken.add(place);
      return () => void taken.delete(place);
    },
  };
};

const refusal = (why: string): AppError =>
  new AppError('tooManyRequests', `${why} Wait ${retrySeconds} seconds before you try again.`, {
    headers: { 'retry-after': String(retrySeconds) },
  });
