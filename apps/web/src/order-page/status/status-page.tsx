import type { OrderStatus } from '@windlass/contract';
import { useCallback, useEffect, useState } from 'react';
import type { OrderApi } from '../api/order-api.ts';
import { problemOf, type ProblemFacts } from '../api/order-problem.ts';
import { paintPage } from '../look/page-colors.ts';
import { Loading } from '../parts/loading.tsx';
import { NoPage } from '../parts/no-page.tsx';
import { ProblemNotice } from '../parts/notice.tsx';
import { words } from '../words.ts';
import { StatusView } from './status-view.tsx';

const refreshMilliseconds = 30_000;

type Seen = { status: OrderStatus; at: number };

/** The status of an order, for whoever has its link; it refreshes by itself while it is looked at. */
export const StatusPage = ({ api, token }: { api: OrderApi; token: string }) => {
  const [seen, setSeen] = useState<Seen | null>(null);
  const [problem, setProblem] = useState<ProblemFacts | null>(null);
  const refresh = useCallback(async () => {
    try {
      const status = await api.status(token);
      paintPage(status.color);
      document.title = `${words.status.title(status.number)}: ${status.stateLabel}`;
      setSeen({ status, at: Date.now() });
      setProblem(null);
    } catch (error) {
      setProblem(problemOf(error));
    }
  }, [api, token]);
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === 'visible') void refresh();
    };
    look();
    const timer = setInterval(look, refreshMilliseconds);
    document.addEventListener('visibilitychange', look);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', look);
    };
  }, [refresh]);

  if (seen === null) {
    if (problem === null) return <Loading />;
    if (problem.status === 404 || problem.status === 400) return <NoPage />;
    return <ProblemNotice problem={problem} retry={() => void refresh()} isPage />;
  }
  return (
    <>
      <StatusView status={seen.status} />
      <p className="dim">{problem === null ? words.status.refreshed(seen.at) : words.status.stale}</p>
      <p className="unseen" role="status">
        {seen.status.stateLabel}
      </p>
    </>
  );
};
