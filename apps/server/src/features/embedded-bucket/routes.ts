import {
  createEmbeddedKey,
  createEmbeddedRole,
  createEmbeddedUser,
  deleteEmbeddedKey,
  deleteEmbeddedPolicy,
  deleteEmbeddedRole,
  deleteEmbeddedUser,
  getEmbeddedBucket,
  putEmbeddedBucketPolicy,
  putEmbeddedPolicy,
  putEmbeddedPublicAccess,
  putEmbeddedTrustPolicy,
  tryEmbeddedRequest,
  updateEmbeddedKey,
} from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { registerOperation } from '../../platform/http/register-operation.ts';
import type { EmbeddedBucketService } from './service.ts';

export const registerEmbeddedBucketRoutes = (app: FastifyInstance, embedded: EmbeddedBucketService): void => {
  registerOperation(app, getEmbeddedBucket, ({ actor, params }) => embedded.show(actor, params.teamId));
  registerOperation(app, createEmbeddedUser, ({ actor, params, body }) =>
    embedded.createUser(actor, params.teamId, body.name),
  );
  registerOperation(app, deleteEmbeddedUser, ({ actor, params }) =>
    embedded.deleteUser(actor, params.teamId, params.userName),
  );
  registerOperation(app, createEmbeddedKey, ({ actor, params }) =>
    embedded.createKey(actor, params.teamId, params.userName),
  );
  registerOperation(app, updateEmbeddedKey, ({ actor, params, body }) =>
    embedded.setKeyActive(actor, params.teamId, params, body.active),
  );
  registerOperation(app, deleteEmbeddedKey, ({ actor, params }) =>
    embedded.deleteKey(actor, params.teamId, params),
  );
  registerOperation(app, createEmbeddedRole, ({ actor, params, body }) =>
    embedded.createRole(actor, params.teamId, body),
  );
  registerOperation(app, putEmbeddedTrustPolicy, ({ actor, params, body }) =>
    embedded.putTrustPolicy(actor, params.teamId, params.roleName, body.document),
  );
  registerOperation(app, deleteEmbeddedRole, ({ actor, params }) =>
    embedded.deleteRole(actor, params.teamId, params.roleName),
  );
  registerOperation(app, putEmbeddedPolicy, ({ actor, params, body }) =>
    embedded.putPolicy(actor, params.teamId, params, body.document),
  );
  registerOperation(app, deleteEmbeddedPolicy, ({ actor, params }) =>
    embedded.deletePolicy(actor, params.teamId, params),
  );
  registerOperation(app, putEmbeddedBucketPolicy, ({ actor, params, body }) =>
    embedded.putBucketPolicy(actor, params.teamId, params.bucketName, body.document),
  );
  registerOperation(app, putEmbeddedPublicAccess, ({ actor, params, body }) =>
    embedded.setPublicAccessBlocked(actor, params.teamId, params.bucketName, body.blocked),
  );
  registerOperation(app, tryEmbeddedRequest, ({ actor, params, body }) =>
    embedded.tryRequest(actor, params.teamId, body),
  );
};
