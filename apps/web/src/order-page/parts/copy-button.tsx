import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { words } from '../words.ts';

type Outcome = 'none' | 'copied' | 'failed';

const said = (outcome: Outcome, label: string): string =>
  outcome === 'copied' ? words.receipt.copied : outcome === 'failed' ? words.receipt.copyFailed : label;

/** Copies text and says so. Browsers refuse it on plain http and in some frames; the text is then to be selected by hand. */
export const CopyButton = ({ text, label }: { text: string; label: string }) => {
  const [outcome, setOutcome] = useState<Outcome>('none');
  useEffect(() => {
    if (outcome === 'none') return;
    const timer = setTimeout(() => setOutcome('none'), 3000);
    return () => clearTimeout(timer);
  }, [outcome]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setOutcome('copied');
    } catch {
      setOutcome('failed');
    }
  };
  return (
    <button type="button" className="button" onClick={() => void copy()}>
      {outcome === 'copied' ? <IconCheck size={18} aria-hidden /> : <IconCopy size={18} aria-hidden />}
      <span aria-live="polite">{said(outcome, label)}</span>
    </button>
  );
};
