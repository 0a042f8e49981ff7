import { Tooltip } from '@mantine/core';
import { middleTruncate } from '../lib/format.ts';

interface MiddleProps {
  text: string;
  /** Longest form shown, in characters. */
  longest?: number;
  mono?: boolean;
}

/** Long text cut in its middle, whole on hover and for screen readers. */
export const Middle = ({ text, longest = 40, mono = false }: MiddleProps) => {
  const short = middleTruncate(text, longest);
  const className = mono ? 'wl-mono' : undefined;
  if (short === text) return <span className={className}>{text}</span>;
  return (
    <Tooltip label={text}>
      <span className={className}>
        <span aria-hidden="true">{short}</span>
        <span className="wl-visually-hidden">{text}</span>
      </span>
    </Tooltip>
  );
};
