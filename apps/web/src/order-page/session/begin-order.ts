import type { OrderDraft } from '@windlass/contract';
import type { OrderStart, StartedOrder } from '../api/order-api.ts';
import { problemOf } from '../api/order-problem.ts';
import { oneTabAtATime, orderOfAnotherTab } from './order-of-another-tab.ts';
import type { SessionCore } from './session-deps.ts';

/** What a customer shows before the order begins. */
export interface Entrance {
  password?: string;
  hcaptchaResponse?: string;
}

/** Whether there is something to show; else an order begins by itself, with its first files. */
export const hasGate = ({ access, challenge }: { access: string; challenge: string }): boolean =>
  access !== 'open' || challenge === 'hcaptcha';

const proofOf = async (core: SessionCore, entrance: Entrance): Promise<OrderStart['proof']> => {
  if (entrance.hcaptchaResponse !== undefined) return { hcaptchaResponse: entrance.hcaptchaResponse };
  const { page } = core.store.get();
  if (page.challenge !== 'proofOfWork') return undefined;
  const challenge = await core.api.challenge(page.name);
  return { salt: challenge.salt, nonce: await core.solve(challenge) };
};

/**
 * Begins the order: the work first, then its number and tokens; or goes on with the one of another tab. Asked for while it is
 * under way, it is the same beginning.
 *
 * @param onBegun before anybody else sees the order; writes down what the next tab has to find, and takes up what another has
 * sent already
 */
export const createBeginning = (
  core: SessionCore,
  onBegun: (order: StartedOrder, draft: OrderDraft | null) => void,
) => {
  let underWay: Promise<void> | null = null;

  const begin = async (entrance: Entrance): Promise<void> => {
    const { store, api } = core;
    store.patch({ start: { kind: 'working' } });
    const attempt = async (): Promise<StartedOrder> => {
      const proof = await proofOf(core, entrance);
      return api.start(store.get().page.name, {
        ...(entrance.password === undefined ? {} : { password: entrance.password }),
        ...(proof === undefined ? {} : { proof }),
      });
    };
    const own = (): Promise<StartedOrder> =>
      attempt().catch((error: unknown) => {
        // A phone that has changed its network has another address than the one that the work was for.
        if (problemOf(error).code === 'challengeFailed' && entrance.hcaptchaResponse === undefined)
          return attempt();
        throw error;
      });
    try {
      await oneTabAtATime(core, async () => {
        const known = await orderOfAnotherTab(core);
        const order = known?.order ?? (await own());
        const { page } = store.get();
        const fields = known?.draft.fields ?? page.fields;
        store.patch({ order, page: { ...page, fields }, start: { kind: 'idle' } });
        onBegun(order, known?.draft ?? null);
      });
    } catch (error) {
      store.patch({ start: { kind: 'failed', problem: problemOf(error) } });
    } finally {
      underWay = null;
    }
  };
  return (entrance: Entrance = {}): Promise<void> => (underWay ??= begin(entrance));
};
