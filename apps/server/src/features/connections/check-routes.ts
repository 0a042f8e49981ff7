import {
  checkConnection,
  finishBrowserProbe,
  listConnectionEvents,
  startBrowserProbe,
} from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { registerOperation } from '../../platform/http/register-operation.ts';
import type { ConnectionChecks } from './check-service.ts';

export const registerCheckRoutes = (app: FastifyInstance, checks: ConnectionChecks): void => {
  registerOperation(app, checkConnection, ({ actor, params }) => checks.check(actor, params));
  registerOperation(app, startBrowserProbe, ({ actor, params }) => checks.startBrowserProbe(actor, params));
  registerOperation(app, finishBrowserProbe, ({ actor, params, body }) =>
    checks.finishBrowserProbe(actor, params, body),
  );
  registerOperation(app, listConnectionEvents, ({ actor, params, query }) =>
    checks.listEvents(actor, params, query),
  );
};
