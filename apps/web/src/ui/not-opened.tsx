import { isMissing } from '../lib/problem.ts';
import { Empty } from './empty.tsx';
import { LinkButton } from './link-button.tsx';
import { PageHeader } from './page-header.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface NotOpenedProps {
  /** What it would have been, with a capital: `Order`. */
  title: string;
  error: unknown;
  retry: () => void;
  /** The list that it would be in. */
  back: { to: '/orders' | '/drops' | '/connections' | '/sources' | '/team'; label: string };
}

/** In place of a thing that its address does not lead to: gone, another team's, or cut off; else what went wrong. */
export const NotOpened = ({ title, error, retry, back }: NotOpenedProps) => (
  <>
    <PageHeader title={title} />
    {isMissing(error) ? (
      <Empty
        title={`This ${title.toLowerCase()} is not here`}
        action={<LinkButton to={back.to}>{back.label}</LinkButton>}
      >
        It may have been deleted, it may be another team’s, or the link may be cut off.
      </Empty>
    ) : (
      <ProblemNotice error={error} retry={retry} />
    )}
  </>
);
