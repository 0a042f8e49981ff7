import {
  cancelRotation,
  createConnection,
  deleteConnection,
  getConnection,
  getConnectionSetup,
  listConnections,
  promoteRotation,
  replaceCredentials,
  retireRotation,
  startRotation,
  updateConnection,
} from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { registerOperation } from '../../platform/http/register-operation.ts';
import { registerCheckRoutes } from './check-routes.ts';
import type { ConnectionsService } from './service.ts';

export const registerConnectionRoutes = (app: FastifyInstance, connections: ConnectionsService): void => {
  registerOperation(app, listConnections, ({ actor, params, query }) =>
    connections.list(actor, params.teamId, query),
  );
  registerOperation(app, createConnection, ({ actor, params, body }) =>
    connections.create(actor, params.teamId, body),
  );
  registerOperation(app, getConnection, ({ actor, params }) =>
    connections.show(actor, params.teamId, params.connectionId),
  );
  registerOperation(app, updateConnection, ({ actor, params, body, requireMatch }) =>
    connections.edit(actor, params, body, requireMatch),
  );
  registerOperation(app, deleteConnection, ({ actor, params, query }) =>
    connections.delete(actor, params, query.cascade),
  );
  registerOperation(app, replaceCredentials, ({ actor, params, body }) =>
    connections.replaceCredentials(actor, params, body),
  );
  registerCheckRoutes(app, connections.checks);
  registerOperation(app, startRotation, ({ actor, params, body }) =>
    connections.startRotation(actor, params, body),
  );
  registerOperation(app, promoteRotation, ({ actor, params }) => connections.promoteRotation(actor, params));
  registerOperation(app, cancelRotation, ({ actor, params }) => connections.cancelRotation(actor, params));
  registerOperation(app, retireRotation, ({ actor, params, body }) =>
    connections.retireRotation(actor, params, body),
  );
  registerOperation(app, getConnectionSetup, ({ actor, params }) =>
    connections.setup(actor, params.teamId, params.connectionId),
  );
};
