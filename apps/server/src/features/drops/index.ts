export { createDropsService, dropQueues, type DropsService } from './service.ts';
export { dropsOnConnections } from './connection-use.ts';
export { createOrderLimits } from './pages/order-limits.ts';
export { createReceiveFiles } from './pages/receive-files.ts';
export { createTakeBackFiles } from './pages/take-back-files.ts';
export { registerDropRoutes } from './routes.ts';
export type { PageEmbedding } from './pages/pages.ts';
