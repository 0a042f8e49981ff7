import type { Contender } from './contender.ts';
import type { MeasuredServer } from './servers/server-process.ts';
import { Unavailable } from './servers/unavailable.ts';

export interface Running {
  contender: Contender;
  server: MeasuredServer;
}

export interface StartedContenders {
  running: readonly Running[];
  /** Those that this machine cannot bring, with the reason. */
  missing: readonly { name: string; reason: string }[];
}

/** Starts all that can be had. */
export const startContenders = async (
  contenders: readonly Contender[],
  photographs: string,
  stack: AsyncDisposableStack,
): Promise<StartedContenders> => {
  const running: Running[] = [];
  const missing: { name: string; reason: string }[] = [];
  for (const contender of contenders) {
    try {
      running.push({ contender, server: stack.use(await contender.start(photographs)) });
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      missing.push({ name: contender.name, reason: error.message });
    }
  }
  return { running, missing };
};
