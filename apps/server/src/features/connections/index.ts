export { createConnectionsService, type ConnectionsService } from './service.ts';
export { registerConnectionRoutes } from './routes.ts';
export type { DemoConnection } from './demo.ts';
export { createPlatformIdentity, type PlatformIdentity, type PlatformKey } from './platform-identity.ts';
export type { OnStateChange, StateChange } from './state-change.ts';
export { probeUploadQueue } from './browser-probe.ts';
export { dueChecksQueue, scheduledCheckQueue } from './schedule.ts';
export type { ConnectionUse } from './uses.ts';
