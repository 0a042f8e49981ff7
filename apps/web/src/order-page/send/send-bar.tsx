import { ProblemNotice } from '../parts/notice.tsx';
import { totalsOf, type FileTotals } from '../files/order-file.ts';
import { missingOf, type Missing } from '../session/missing.ts';
import { useOrder, useOrderState } from '../session/session-context.ts';
import type { TransferFacts } from '../session/session-state.ts';
import { words } from '../words.ts';
import { jumpTo } from './jump-to.ts';

const progressWords = (totals: FileTotals, { bytesPerSecond, secondsLeft }: TransferFacts): string => {
  const { count, bytes, bytesSent, byState } = totals;
  if (count === 0) return words.send.nothingYet;
  if (byState.received === count) return words.send.allThere;
  // Nothing moves any more until the customer does something.
  if (byState.waiting + byState.sending === 0)
    return [words.send.progress(byState.received, count), words.send.stopped(byState)].join(' · ');
  return [
    words.send.progress(byState.received, count),
    words.send.bytes(bytesSent, bytes),
    bytesPerSecond > 0 ? words.send.rate(bytesPerSecond) : '',
    secondsLeft === null ? '' : words.send.left(secondsLeft),
  ]
    .filter((text) => text !== '')
    .join(' · ');
};

/** How far all files together are. */
const Progress = () => {
  const files = useOrderState((state) => state.files);
  const transfer = useOrderState((state) => state.transfer);
  const totals = totalsOf(files);
  const text = progressWords(totals, transfer);
  return (
    <div className="progress">
      {totals.count > 0 && (
        <progress
          aria-label={words.send.progress(totals.byState.received, totals.count)}
          max={Math.max(1, totals.bytes)}
          value={totals.bytesSent}
        />
      )}
      <span className="dim">{text}</span>
    </div>
  );
};

/** What is still missing, each a way to where it is. */
const MissingList = ({ missing }: { missing: readonly Missing[] }) => (
  <details className="missing">
    <summary>{words.send.missingCount(missing.length)}</summary>
    <ul>
      {missing.map(({ target, text }) => (
        <li key={`${target} ${text}`}>
          <a
            href={`#${target}`}
            onClick={(event) => {
              event.preventDefault();
              jumpTo(target);
            }}
          >
            {text}
          </a>
        </li>
      ))}
    </ul>
  </details>
);

const buttonWords = (sending: boolean, arrived: boolean): string =>
  sending ? words.send.sending : arrived ? words.send.button : words.send.whenDone;

/**
 * Stays in sight: how far the files are, what is missing, and the button. While something is missing the button is dimmed,
 * but it can be pressed and leads to the first of what is missing: a button that does nothing leaves people puzzled.
 */
export const SendBar = () => {
  const session = useOrder();
  const submit = useOrderState((state) => state.submit);
  const state = useOrderState((whole) => whole);
  const missing = missingOf(state);
  const totals = totalsOf(state.files);
  const arrived = totals.byState.received === totals.count;
  const press = () => {
    session.send();
    const [first] = missing;
    if (first !== undefined) jumpTo(first.target);
  };
  return (
    <section className="send" aria-label={words.send.title}>
      <div className="send-inner">
        {submit.kind === 'failed' && <ProblemNotice problem={submit.problem} retry={session.send} />}
        <div className="send-facts">
          <Progress />
          {missing.length > 0 && <MissingList missing={missing} />}
        </div>
        {submit.kind === 'waiting' ? (
          <div className="row">
            <span role="status">{words.send.waiting}</span>
            <button type="button" className="button" onClick={session.stopWaiting}>
              {words.send.stopWaiting}
            </button>
          </div>
        ) : (
          <button
            type="button"
            className="button"
            data-primary
            aria-disabled={missing.length > 0 || submit.kind === 'sending'}
            onClick={press}
          >
            {buttonWords(submit.kind === 'sending', arrived)}
          </button>
        )}
      </div>
    </section>
  );
};
