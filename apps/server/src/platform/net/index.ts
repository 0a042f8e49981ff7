export { cappedBody, tooLarge } from './capped-body.ts';
export { describeTrouble } from './describe-trouble.ts';
export { createEndpointGuard, type EndpointGuard, type ResolveName } from './endpoint-guard.ts';
export { createFetchJson } from './fetch-json.ts';
export { createGuardedFetch, type GuardedAnswer, type GuardedFetch } from './guarded-fetch.ts';
export { postPinned } from './post-pinned.ts';
export { parseEndpoint, type Endpoint } from './endpoint.ts';
export type { PinnedAgents } from './pinned-agents.ts';
export { freePort } from './free-port.ts';
