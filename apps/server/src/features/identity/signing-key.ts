import { calculateJwkThumbprint, exportJWK, exportPKCS8, generateKeyPair, type JWK } from 'jose';
import { Secret } from '../../kernel/secret.ts';

/** AWS takes RS256 of every OIDC provider (AWS: IAM OIDC identity providers); so do Ceph and MinIO. */
export const signingAlgorithm = 'RS256';

/** A fresh RSA key of 2,048 bits, named by its RFC 7638 thumbprint. */
export const makeSigningKey = async (): Promise<{ kid: string; publicJwk: JWK; privatePem: Secret }> => {
  const { publicKey, privateKey } = await generateKeyPair(signingAlgorithm, { extractable: true });
  const { kty, n, e } = await exportJWK(publicKey);
  if (kty === undefined || n === undefined || e === undefined) throw new Error('an RSA key has kty, n and e');
  const kid = await calculateJwkThumbprint({ kty, n, e });
  return {
    kid,
    publicJwk: { kty, n, e, kid, alg: signingAlgorithm, use: 'sig' },
    privatePem: new Secret(await exportPKCS8(privateKey)),
  };
};
