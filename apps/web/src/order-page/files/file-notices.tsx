import { useOrder, useOrderState } from '../session/session-context.ts';
import { targets } from '../session/missing.ts';
import { Notice } from '../parts/notice.tsx';
import { words } from '../words.ts';
import { nextStep } from './next-step.ts';
import { baseName, totalsOf, type OrderFile, type OrderFileState } from './order-file.ts';

/** Enough to see which; the rest is counted. */
const shownNames = 8;

const Names = ({ items }: { items: readonly { key: string; name: string; reason?: string }[] }) => (
  <ul className="names">
    {items.slice(0, shownNames).map(({ key, name, reason }) => (
      <li key={key}>
        <b>{baseName(name)}</b>
        {reason !== undefined && `: ${reason}`}
      </li>
    ))}
    {items.length > shownNames && <li>… {words.files.count(items.length - shownNames)} more</li>}
  </ul>
);

const Refused = () => {
  const session = useOrder();
  const refused = useOrderState((state) => state.refused);
  if (refused.length === 0) return null;
  return (
    <Notice tone="missing" title={words.files.refused(refused.length)} role="alert">
      <Names items={refused.map(({ name, reason }, index) => ({ key: `${index} ${name}`, name, reason }))} />
      <button type="button" className="button" onClick={() => session.dismiss('refused')}>
        {words.files.duplicateOk}
      </button>
    </Notice>
  );
};

const Duplicates = () => {
  const session = useOrder();
  const duplicates = useOrderState((state) => state.duplicates);
  if (duplicates.length === 0) return null;
  return (
    <Notice tone="attention" role="status">
      <p>{words.files.duplicates(duplicates.length)}</p>
      <div className="row">
        <button type="button" className="button" onClick={() => session.choose(duplicates, true)}>
          {words.files.addAnyway(duplicates.length)}
        </button>
        <button type="button" className="button" onClick={() => session.dismiss('duplicates')}>
          {words.files.duplicateOk}
        </button>
      </div>
    </Notice>
  );
};

const inState = (files: ReadonlyMap<string, OrderFile>, wanted: OrderFileState): OrderFile[] =>
  [...files.values()].filter(({ state }) => state === wanted);

const Needed = () => {
  const files = useOrderState((state) => state.files);
  const expired = useOrderState((state) => state.note === 'expired');
  const needed = inState(files, 'needed');
  if (needed.length === 0) return null;
  return (
    <Notice tone="attention" title={words.files.needed(needed.length)} id={targets.needed}>
      <p>{expired ? words.files.neededAnew : words.files.neededWhy}</p>
      <Names items={needed.map(({ id, name }) => ({ key: id, name }))} />
      <button
        type="button"
        className="button"
        onClick={() => document.getElementById(targets.files)?.click()}
      >
        {words.files.neededChoose}
      </button>
    </Notice>
  );
};

/** Files that have failed, one box for each reason: three hundred files fail for one. */
const Failed = () => {
  const session = useOrder();
  const files = useOrderState((state) => state.files);
  if (totalsOf(files).byState.failed === 0) return null;
  const byReason = Map.groupBy(inState(files, 'failed'), ({ error }) => error?.detail ?? '');
  return (
    <div id={targets.failed} tabIndex={-1} className="stack">
      {[...byReason].map(([detail, failed]) => {
        const ids = failed.map(({ id }) => id);
        const error = failed[0]?.error ?? null;
        const next = error === null ? '' : nextStep(error);
        return (
          <Notice key={detail} tone="missing" title={words.files.failed(failed.length)} role="alert">
            {detail !== '' && <p>{detail}</p>}
            {next !== '' && <p>{next}</p>}
            <Names items={failed.map(({ id, name }) => ({ key: id, name }))} />
            <div className="row">
              <button type="button" className="button" onClick={() => session.retry(ids)}>
                {words.files.retryAll(ids.length)}
              </button>
              <button type="button" className="button" onClick={() => session.remove(ids)}>
                {words.files.remove}
              </button>
            </div>
            <details>
              <summary>{words.details}</summary>
              <p className="mono">
                {words.code}: {error?.code ?? ''}
              </p>
            </details>
          </Notice>
        );
      })}
    </div>
  );
};

/** What there is to say about files, above their tiles. */
export const FileNotices = () => (
  <>
    <Refused />
    <Duplicates />
    <Needed />
    <Failed />
  </>
);
