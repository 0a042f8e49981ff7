import { Suspense, use, useState } from 'react';
import type { OrderApi } from './api/order-api.ts';
import { problemOf, type ProblemFacts } from './api/order-problem.ts';
import { paintPage } from './look/page-colors.ts';
import { OrderView } from './order-view.tsx';
import { Loading } from './parts/loading.tsx';
import { NoPage } from './parts/no-page.tsx';
import { ProblemNotice } from './parts/notice.tsx';
import { openSession } from './session/open-session.ts';
import type { OrderSession } from './session/order-session.ts';
import { SessionContext } from './session/session-context.ts';

type Opened = { kind: 'open'; session: OrderSession } | { kind: 'failed'; problem: ProblemFacts };

/** Fetches the page and takes up what an earlier visit has left. */
const open = async (api: OrderApi, name: string): Promise<Opened> => {
  try {
    const page = await api.page(name);
    paintPage(page.color);
    document.title = page.title;
    const session = openSession(page, api);
    await session.restore();
    return { kind: 'open', session };
  } catch (error) {
    return { kind: 'failed', problem: problemOf(error) };
  }
};

const OpenedPage = ({ opening, retry }: { opening: Promise<Opened>; retry: () => void }) => {
  const opened = use(opening);
  if (opened.kind === 'open') {
    return (
      <SessionContext value={opened.session}>
        <OrderView />
      </SessionContext>
    );
  }
  const { problem } = opened;
  if (problem.status === 404 || problem.status === 400) return <NoPage />;
  return <ProblemNotice problem={problem} retry={retry} isPage />;
};

/** The order page of a drop. */
export const OrderPage = ({ api, name }: { api: OrderApi; name: string }) => {
  const [opening, setOpening] = useState(() => open(api, name));
  return (
    <Suspense fallback={<Loading />}>
      <OpenedPage opening={opening} retry={() => setOpening(open(api, name))} />
    </Suspense>
  );
};
