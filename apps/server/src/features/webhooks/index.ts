export { createWebhooksService, type WebhooksService } from './service.ts';
export { registerWebhookRoutes } from './routes.ts';
export { webhookQueue } from './queue.ts';
