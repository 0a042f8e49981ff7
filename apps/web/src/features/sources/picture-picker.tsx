import { Skeleton, Text, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Source } from '@windlass/contract';
import { useState } from 'react';
import { formatBytes, plural } from '../../lib/format.ts';
import { ListView } from '../../ui/list-view.tsx';
import { Section } from '../../ui/section.tsx';
import { useTeam } from '../teams/current-team.tsx';
import { sourceObjectsQuery } from './queries.ts';
import { Thumbnail } from './thumbnail.tsx';

interface PicturePickerProps {
  source: Source;
  /** The prefix that is listed. */
  below: string;
  chosen: string | undefined;
  onBelow: (prefix: string) => void;
  onChoose: (path: string) => void;
}

const skeleton = (
  <div className="wl-pictures" data-small>
    {Array.from({ length: 12 }, (_, index) => (
      <Skeleton key={index} style={{ aspectRatio: '1' }} />
    ))}
  </div>
);

/** The pictures below a source as a grid to choose from. */
export const PicturePicker = ({ source, below, chosen, onBelow, onChoose }: PicturePickerProps) => {
  const { teamId } = useTeam();
  const [typed, setTyped] = useState(below);
  const query = useInfiniteQuery(sourceObjectsQuery(teamId, source.id, below));
  const change = useDebouncedCallback(onBelow, 300);
  return (
    <Section
      title="Pictures"
      actions={
        <TextInput
          aria-label="Only paths that begin with"
          placeholder="Begins with…"
          size="xs"
          w={200}
          spellCheck={false}
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            change(event.currentTarget.value);
          }}
        />
      }
    >
      <ListView
        what="pictures"
        query={query}
        skeleton={skeleton}
        empty={
          <Text c="dimmed">
            {below === '' ? 'The bucket has no objects below this source yet.' : 'No path begins with that.'}
          </Text>
        }
      >
        {(objects) => {
          const pictures = objects.filter(({ image }) => image);
          const others = objects.length - pictures.length;
          return (
            <>
              <ul className="wl-pictures" data-small data-shelf aria-label="Pictures">
                {pictures.map((object) => (
                  <li key={object.path}>
                    <button
                      type="button"
                      className="wl-picture"
                      aria-pressed={object.path === chosen}
                      title={`${object.path}, ${formatBytes(object.size)}`}
                      onClick={() => onChoose(object.path)}
                    >
                      <Thumbnail source={source} object={object} width={96} height={96} />
                    </button>
                  </li>
                ))}
              </ul>
              {others > 0 && (
                <Text size="xs" c="dimmed">
                  {plural(others, 'object is no picture', 'objects are no pictures')}; not shown here.
                </Text>
              )}
            </>
          );
        }}
      </ListView>
    </Section>
  );
};
