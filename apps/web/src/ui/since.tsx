import { Text, Tooltip } from '@mantine/core';
import { useEffect, useState } from 'react';
import { formatExact, formatRelative } from '../lib/format.ts';

const tickMilliseconds = 30_000;

/** A time told from now, with the exact one on hover. It stays true while the page is open. */
export const Since = ({ time }: { time: string }) => {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMilliseconds);
    return () => clearInterval(timer);
  }, []);
  return (
    <Tooltip label={formatExact(time)}>
      <Text component="time" dateTime={time} inherit>
        {formatRelative(time, now)}
      </Text>
    </Tooltip>
  );
};
