import {
  checkDropRetention,
  cloneDrop,
  createDrop,
  deleteDrop,
  getDrop,
  listDrops,
  listFormVersions,
  updateDrop,
} from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { registerOperation } from '../../platform/http/register-operation.ts';
import { registerDeskRoutes } from './desk/routes.ts';
import { registerPageRoutes } from './page-routes.ts';
import type { DropsService } from './service.ts';

const checkMilliseconds = 20_000;

export const registerDropRoutes = (app: FastifyInstance, drops: DropsService): void => {
  registerOperation(app, listDrops, ({ actor, params, query }) => drops.list(actor, params.teamId, query));
  registerOperation(app, createDrop, ({ actor, params, body }) => drops.create(actor, params.teamId, body));
  registerOperation(app, getDrop, ({ actor, params }) => drops.show(actor, params));
  registerOperation(app, updateDrop, ({ actor, params, body, requireMatch }) =>
    drops.edit(actor, params, body, requireMatch),
  );
  registerOperation(app, deleteDrop, ({ actor, params, query }) => drops.delete(actor, params, query));
  registerOperation(app, cloneDrop, ({ actor, params, body }) => drops.clone(actor, params, body));
  registerOperation(app, listFormVersions, ({ actor, params }) => drops.listForms(actor, params));
  registerOperation(app, checkDropRetention, ({ actor, params }) =>
    drops.checkRetention(actor, params, AbortSignal.timeout(checkMilliseconds)),
  );
  registerDeskRoutes(app, drops);
  registerPageRoutes(app, drops.pages);
};
