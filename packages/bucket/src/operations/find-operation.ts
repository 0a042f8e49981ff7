import type { QueryParameters } from '../http/query-parameters.ts';
import { S3Error } from '../s3-error.ts';
import { operations } from './operation-table.ts';
import type { Operation, Scope } from './operation.ts';
import { unsupportedSubresources } from './unsupported-subresources.ts';

const knownSubresources: ReadonlySet<string> = new Set(
  operations.flatMap(({ subresource }) => (subresource === undefined ? [] : [subresource])),
);

/**
 * Chooses the operation by scope, method and sub-resource. A real S3 feature that is not built is NotImplemented (the list
 * is in unsupported-subresources.ts); anything else that fits no row is MethodNotAllowed.
 */
export function findOperation(
  scope: Scope,
  method: string,
  query: QueryParameters,
  hasHeader: (name: string) => boolean,
): Operation {
  const named = query.pairs.map(([name]) => name);
  const subresources = new Set(named.filter((name) => knownSubresources.has(name)));
  const unsupported = named.find((name) => unsupportedSubresources.has(name) && !subresources.has(name));
  if (subresources.size > 1) {
    throw new S3Error(
      'InvalidArgument',
      `Conflicting query string parameters: ${[...subresources].join(', ')}`,
    );
  }
  const [subresource] = subresources;
  const found = operations.find(
    (operation) =>
      operation.scope === scope &&
      operation.method === method &&
      operation.subresource === subresource &&
      (operation.withHeader === undefined || hasHeader(operation.withHeader)),
  );
  if (found !== undefined && unsupported === undefined) return found;
  const asked = unsupported ?? subresource;
  if (asked !== undefined && unsupportedSubresources.get(asked)?.includes(`${method} ${scope}`)) {
    throw new S3Error('NotImplemented', undefined, { Header: asked });
  }
  throw new S3Error('MethodNotAllowed', undefined, {
    Method: method,
    ResourceType: (asked ?? scope).toUpperCase(),
  });
}
