import type { ReactNode } from 'react';
import { mayPass, type ProblemFacts } from '../api/order-problem.ts';
import { words } from '../words.ts';

interface NoticeProps {
  tone?: 'plain' | 'attention' | 'missing';
  title?: string;
  id?: string;
  /** `alert` interrupts a screen reader; only for what went wrong. */
  role?: 'alert' | 'status';
  children?: ReactNode;
}

/** A box that says something about the page. */
export const Notice = ({ tone = 'plain', title, id, role, children }: NoticeProps) => (
  <div className="notice" data-tone={tone} id={id} role={role} tabIndex={id === undefined ? undefined : -1}>
    {title !== undefined && <p className="notice-title">{title}</p>}
    {children}
  </div>
);

interface ProblemProps {
  problem: ProblemFacts;
  retry?: () => void;
  /** Where nothing else is on the page, its heading. */
  isPage?: boolean;
}

/** What happened, why, and the next step, in that order; details are folded. */
export const ProblemNotice = ({ problem, retry, isPage = false }: ProblemProps) => {
  const { title, detail, next, code, requestId, errors } = problem;
  return (
    <Notice tone="missing" role="alert" {...(isPage ? {} : { title })}>
      {isPage && <h1>{title}</h1>}
      {detail !== '' && detail !== title && <p>{detail}</p>}
      {errors.length > 0 && (
        <ul>
          {errors.map(({ path, message }) => (
            <li key={`${path} ${message}`}>
              {path}: {message}
            </li>
          ))}
        </ul>
      )}
      {next !== '' && <p>{next}</p>}
      {retry !== undefined && mayPass(problem) && (
        <button type="button" className="button" onClick={retry}>
          {words.retry}
        </button>
      )}
      <details>
        <summary>{words.details}</summary>
        <p className="mono">
          {words.code}: {code}
          <br />
          {words.requestId}: {requestId ?? words.noRequestId}
        </p>
      </details>
    </Notice>
  );
};
