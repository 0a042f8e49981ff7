import {
  checkConnection,
  createConnection,
  deleteConnection,
  getConnection,
  listConnections,
  replaceCredentials,
  updateConnection,
} from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { registerOperation } from '../../platform/http/register-operation.ts';
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
  registerOperation(app, checkConnection, ({ actor, params }) =>
    connections.check(actor, params.teamId, params.connectionId),
  );
};
