import { Text, Tooltip } from '@mantine/core';
import { formatExact, formatRelative } from '../lib/format.ts';

/** A time told from now, with the exact one on hover. */
export const Since = ({ time }: { time: string }) => (
  <Tooltip label={formatExact(time)}>
    <Text component="time" dateTime={time} inherit>
      {formatRelative(time, Date.now())}
    </Text>
  </Tooltip>
);
