import { Tooltip, UnstyledButton } from '@mantine/core';
import type { ConnectionState } from '@windlass/contract';
import { connectionStateWords } from '../lib/connection-state.ts';
import type { Tone } from '../lib/tone.ts';
import { formatExact } from '../lib/format.ts';

interface StateProps {
  tone: Tone;
  word: string;
  /** Since when, RFC 3339. */
  since?: string;
  why?: string;
  busy?: boolean;
}

/** A dot and a word; on hover or focus since when and why. Every state of the app is shown with it. */
export const State = ({ tone, word, since, why, busy = false }: StateProps) => {
  const face = (
    <>
      <span className="wl-dot" data-tone={tone} data-busy={busy || undefined} aria-hidden="true" />
      <span>{word}</span>
    </>
  );
  const label = [since === undefined ? '' : `Since ${formatExact(since)}.`, why ?? '']
    .filter((part) => part !== '')
    .join(' ');
  if (label === '') return <span className="wl-state">{face}</span>;
  return (
    <Tooltip label={label}>
      <UnstyledButton
        component="span"
        className="wl-state"
        fz="sm"
        tabIndex={0}
        role="note"
        aria-label={`${word}. ${label}`}
      >
        {face}
      </UnstyledButton>
    </Tooltip>
  );
};

interface ConnectionStateViewProps {
  state: ConnectionState;
  since?: string;
  why?: string;
}

/** The state of a connection in the words and tone of the state table. */
export const ConnectionStateView = ({ state, since, why }: ConnectionStateViewProps) => {
  const { tone, word, why: usual } = connectionStateWords[state];
  return <State tone={tone} word={word} why={why ?? usual} {...(since === undefined ? {} : { since })} />;
};
