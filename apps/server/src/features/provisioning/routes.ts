import {
  applyProvisioning,
  discardProvisioning,
  getProvisioned,
  planProvisioning,
  undoProvisioning,
} from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { registerOperation } from '../../platform/http/register-operation.ts';
import type { ProvisioningService } from './service.ts';

export const registerProvisioningRoutes = (app: FastifyInstance, provisioning: ProvisioningService): void => {
  registerOperation(app, planProvisioning, ({ actor, params, body }) =>
    provisioning.plan(actor, params, body),
  );
  registerOperation(app, applyProvisioning, ({ actor, params }) => provisioning.apply(actor, params));
  registerOperation(app, discardProvisioning, ({ actor, params }) => provisioning.discard(actor, params));
  registerOperation(app, getProvisioned, ({ actor, params }) => provisioning.list(actor, params));
  registerOperation(app, undoProvisioning, ({ actor, params, body }) =>
    provisioning.undo(actor, params, body),
  );
};
