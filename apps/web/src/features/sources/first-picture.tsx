import { useInfiniteQuery } from '@tanstack/react-query';
import type { Source } from '@windlass/contract';
import { useEffect } from 'react';
import { useTeam } from '../teams/current-team.tsx';
import { sourceObjectsQuery } from './queries.ts';

interface FirstPictureProps {
  source: Source;
  below: string;
  onFound: (path: string) => void;
}

/** Chooses the first picture where none is chosen, so that the preview is never empty without need. */
export const FirstPicture = ({ source, below, onFound }: FirstPictureProps) => {
  const { teamId } = useTeam();
  const { data } = useInfiniteQuery(sourceObjectsQuery(teamId, source.id, below));
  const first = data?.pages.flatMap((page) => page.items).find(({ image }) => image)?.path;
  useEffect(() => {
    if (first !== undefined) onFound(first);
    // onFound is new on each render; the path alone decides.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [first]);
  return null;
};
