import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  listWebhookDeliveries,
  listWebhooks,
  replayWebhookDelivery,
  rotateWebhookSecret,
  sendTestWebhook,
  updateWebhook,
} from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { registerOperation } from '../../platform/http/register-operation.ts';
import type { MadeWebhook, WebhooksService } from './service.ts';

/** The one place where a signing secret leaves: in the answer to whoever has just made it. */
const shownOnce = ({ webhook, secret }: MadeWebhook) => ({ webhook, secret: secret.reveal() });

export const registerWebhookRoutes = (app: FastifyInstance, webhooks: WebhooksService): void => {
  registerOperation(app, listWebhooks, ({ actor, params, query }) =>
    webhooks.list(actor, params.teamId, query),
  );
  registerOperation(app, createWebhook, async ({ actor, params, body }) =>
    shownOnce(await webhooks.create(actor, params.teamId, body)),
  );
  registerOperation(app, getWebhook, ({ actor, params }) => webhooks.show(actor, params));
  registerOperation(app, updateWebhook, ({ actor, params, body, requireMatch }) =>
    webhooks.edit(actor, params, body, requireMatch),
  );
  registerOperation(app, deleteWebhook, ({ actor, params }) => webhooks.delete(actor, params));
  registerOperation(app, rotateWebhookSecret, async ({ actor, params, body }) =>
    shownOnce(await webhooks.rotateSecret(actor, params, body.overlapHours)),
  );
  registerOperation(app, sendTestWebhook, ({ actor, params }) => webhooks.sendTest(actor, params));
  registerOperation(app, listWebhookDeliveries, ({ actor, params, query }) =>
    webhooks.listDeliveries(actor, params, query),
  );
  registerOperation(app, replayWebhookDelivery, ({ actor, params }) => webhooks.replay(actor, params));
};
