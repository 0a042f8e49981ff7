import type { ConnectionState } from '@windlass/contract';

export const connectionEvents = [
  'settingsChanged',
  'credentialsSet',
  'checkPassed',
  'checkPartly',
  'checkFailed',
] as const;
export type ConnectionEvent = (typeof connectionEvents)[number];

const withCredentials = {
  settingsChanged: 'unverified',
  credentialsSet: 'unverified',
  checkPassed: 'active',
  checkPartly: 'degraded',
  checkFailed: 'inaccessible',
} as const satisfies Record<ConnectionEvent, ConnectionState>;

/** Every move there is. Without credentials nothing but credentials changes anything. */
const moves: Record<ConnectionState, Record<ConnectionEvent, ConnectionState>> = {
  incomplete: {
    settingsChanged: 'incomplete',
    credentialsSet: 'unverified',
    checkPassed: 'incomplete',
    checkPartly: 'incomplete',
    checkFailed: 'incomplete',
  },
  unverified: withCredentials,
  active: withCredentials,
  degraded: withCredentials,
  inaccessible: withCredentials,
};

/** @example nextState('incomplete', 'credentialsSet', 'checkPassed') // 'active' */
export const nextState = (state: ConnectionState, ...events: ConnectionEvent[]): ConnectionState =>
  events.reduce<ConnectionState>((current, event) => moves[current][event], state);
