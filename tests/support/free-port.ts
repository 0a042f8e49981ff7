import { freePort as freePortOf } from '../../apps/server/src/platform/net/index.ts';

/** A TCP port of 127.0.0.1 that is free now, for programs that cannot be told to choose one. */
export const freePort = (): Promise<number> => freePortOf('127.0.0.1');
