const bucketConfiguration = ['GET bucket', 'PUT bucket', 'DELETE bucket'];

/**
 * Real S3 operations that this server does not have, by sub-resource: the only calls that are answered with
 * 501 NotImplemented, as S3 itself documents. Rows of the operation table go before these.
 */
export const unsupportedSubresources: ReadonlyMap<string, readonly string[]> = new Map([
  ['accelerate', ['PUT bucket']],
  ['acl', ['PUT bucket', 'PUT object']],
  ['analytics', bucketConfiguration],
  ['encryption', ['PUT bucket', 'DELETE bucket']],
  ['intelligent-tiering', bucketConfiguration],
  ['inventory', bucketConfiguration],
  ['legal-hold', ['GET object', 'PUT object']],
  ['logging', ['PUT bucket']],
  ['metadataTable', ['GET bucket', 'POST bucket', 'DELETE bucket']],
  ['metrics', bucketConfiguration],
  ['notification', ['PUT bucket']],
  ['object-lock', ['PUT bucket']],
  ['ownershipControls', ['DELETE bucket']],
  ['renameObject', ['PUT object']],
  ['replication', ['PUT bucket', 'DELETE bucket']],
  ['requestPayment', ['PUT bucket']],
  ['restore', ['POST object']],
  ['retention', ['GET object', 'PUT object']],
  ['select', ['POST object']],
  ['session', ['GET bucket']],
  ['tagging', ['PUT bucket', 'DELETE bucket', 'PUT object', 'DELETE object']],
  ['torrent', ['GET object']],
  ['versioning', ['PUT bucket']],
  ['versions', ['GET bucket']],
  ['website', ['PUT bucket', 'DELETE bucket']],
]);
