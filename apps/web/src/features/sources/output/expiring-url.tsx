import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { formatExact } from '../../../lib/format.ts';
import { CodeBlock } from '../../../ui/code-block.tsx';
import { useTeam } from '../../teams/current-team.tsx';
import { fromLocalTime, toLocalTime } from '../../../lib/local-time.ts';
import { useImageUrls } from '../use-image-urls.ts';
import type { OutputInput } from './output-input.ts';

/** In hours from now. */
const usualLives = [
  { hours: 1, label: '1 hour' },
  { hours: 24, label: '1 day' },
  { hours: 24 * 7, label: '7 days' },
  { hours: 24 * 30, label: '30 days' },
] as const;

const inHours = (hours: number): string => String(Math.floor(Date.now() / 1000) + hours * 3600);

/** A URL that stops working at a moment of one's choice, signed by the server. */
export const ExpiringUrl = ({ source, path, parameters }: OutputInput) => {
  const { teamId } = useTeam();
  const [expires, setExpires] = useState(() => inHours(24));
  const [now] = useState(Date.now);
  const [url] = useImageUrls(teamId, source, path, [{ ...parameters, expires }], source.secured);
  if (!source.secured) {
    return (
      <Text size="sm" c="dimmed" maw={560}>
        This source serves unsigned URLs, and an end that is not signed could be left out by anybody. Turn on
        “Signed URLs only” in the settings, and URLs can expire.
      </Text>
    );
  }
  const past = Number(expires) * 1000 <= now;
  return (
    <Stack gap={12}>
      <Group gap={8} align="flex-end">
        <TextInput
          type="datetime-local"
          size="sm"
          label="Works until"
          value={toLocalTime(expires)}
          error={past ? 'This has passed: the URL answers 403.' : undefined}
          onChange={({ currentTarget: { value } }) => setExpires(fromLocalTime(value) ?? inHours(24))}
        />
        {usualLives.map(({ hours, label }) => (
          <Button key={hours} variant="default" onClick={() => setExpires(inHours(hours))}>
            {label}
          </Button>
        ))}
      </Group>
      {url !== undefined && <CodeBlock what="Expiring URL" code={url} />}
      <Text size="sm" c="dimmed">
        Answers 403 from {formatExact(new Date(Number(expires) * 1000).toISOString())} on, and no cache keeps
        the picture longer.
      </Text>
    </Stack>
  );
};
