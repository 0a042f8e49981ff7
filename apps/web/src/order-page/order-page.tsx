import type { OrderPage as PageFacts } from '@windlass/contract';
import { useCallback, useEffect, useState } from 'react';
import type { OrderApi } from './api/order-api.ts';
import { problemOf, type ProblemFacts } from './api/order-problem.ts';
import { paintPage } from './look/page-colors.ts';
import { OrderView } from './order-view.tsx';
import { Loading } from './parts/loading.tsx';
import { Notice, ProblemNotice } from './parts/notice.tsx';
import { openSession } from './session/open-session.ts';
import type { OrderSession } from './session/order-session.ts';
import { SessionContext } from './session/session-context.ts';
import { words } from './words.ts';

const openPage = async (page: PageFacts, api: OrderApi): Promise<OrderSession> => {
  paintPage(page.color);
  document.title = page.title;
  const session = openSession(page, api);
  await session.restore();
  return session;
};

/** The order page of a drop. */
export const OrderPage = ({ api, name }: { api: OrderApi; name: string }) => {
  const [session, setSession] = useState<OrderSession | null>(null);
  const [problem, setProblem] = useState<ProblemFacts | null>(null);
  const load = useCallback(async () => {
    setProblem(null);
    try {
      setSession(await openPage(await api.page(name), api));
    } catch (error) {
      setProblem(problemOf(error));
    }
  }, [api, name]);
  useEffect(() => {
    void load();
  }, [load]);

  if (session !== null) {
    return (
      <SessionContext value={session}>
        <OrderView />
      </SessionContext>
    );
  }
  if (problem === null) return <Loading />;
  if (problem.status === 404 || problem.status === 400) {
    const { title, detail, next } = words.noPage;
    return (
      <Notice tone="attention" title={title}>
        <p>{detail}</p>
        <p>{next}</p>
      </Notice>
    );
  }
  return <ProblemNotice problem={problem} retry={() => void load()} />;
};
