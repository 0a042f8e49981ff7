import { useInfiniteQuery } from '@tanstack/react-query';
import type { Source } from '@windlass/contract';
import { useEffect } from 'react';
import { useTeam } from '../teams/current-team.tsx';
import { sourceObjectsQuery } from './queries.ts';

/** The path of the first picture below a prefix; undefined while it is not known, and where there is none. */
export const useFirstPicture = (source: Source, below: string): string | undefined => {
  const { teamId } = useTeam();
  const { data } = useInfiniteQuery({
    ...sourceObjectsQuery(teamId, source.id, below),
    // A web folder cannot be listed.
    enabled: source.kind === 'connection',
  });
  return data?.pages.flatMap((page) => page.items).find(({ image }) => image)?.path;
};

interface FirstPictureProps {
  source: Source;
  below: string;
  onFound: (path: string) => void;
}

/** Chooses the first picture where none is chosen, so that the preview is never empty without need. */
export const FirstPicture = ({ source, below, onFound }: FirstPictureProps) => {
  const first = useFirstPicture(source, below);
  useEffect(() => {
    if (first !== undefined) onFound(first);
    // onFound is new on each render; the path alone decides.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [first]);
  return null;
};
