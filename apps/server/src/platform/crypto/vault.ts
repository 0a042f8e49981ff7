import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret } from '../../kernel/secret.ts';
import { type Keyring } from './keyring.ts';

const schemaVersion = 'v1';
const ivBytes = 12;
const tagBytes = 16;
const cipher = 'aes-256-gcm';

/** Where a sealed text belongs. It opens nowhere else: not in another row, column or team. */
export interface VaultContext {
  teamId: string;
  recordId: string;
  field: string;
}

/**
 * Seals texts for the database. Envelope: AES-256-GCM under a data key made for this one text, and that key wrapped
 * by the active key of the keyring. A sealed text reads `v1.<kid>.<wrapped key>.<iv, ciphertext, tag>`, base64url.
 *
 * GCM's limit on random IVs does not matter: each data key seals once.
 */
export interface Vault {
  readonly activeKid: string;
  seal(plaintext: Secret, context: VaultContext): string;
  /** @throws VaultError */
  open(sealed: string, context: VaultContext): Secret;
  /** The same payload under the active key; the identical text where it is that already. @throws VaultError */
  rewrap(sealed: string, context: VaultContext): string;
}

/** A sealed text that does not open: damaged, moved, or sealed with a key that is not here. Holds no secret. */
export class VaultError extends Error {
  override readonly name = 'VaultError';
}

export const createVault = (keyring: Keyring): Vault => {
  const unwrap = (envelope: Envelope, context: VaultContext): Buffer => {
    try {
      return keyring.unwrap(envelope.kid, envelope.wrappedKey, bindingOf(context));
    } catch (error) {
      throw new VaultError('A sealed text cannot be opened: its key is not the one that sealed it here.', {
        cause: error,
      });
    }
  };
  return {
    activeKid: keyring.activeKid,
    seal: (plaintext, context) => {
      const dataKey = randomBytes(32);
      const plain = Buffer.from(plaintext.reveal(), 'utf8');
      try {
        const iv = randomBytes(ivBytes);
        const sealing = createCipheriv(cipher, dataKey, iv, { authTagLength: tagBytes });
        sealing.setAAD(Buffer.from(bindingOf(context)));
        const payload = Buffer.concat([iv, sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
        return writeEnvelope({
          kid: keyring.activeKid,
          wrappedKey: keyring.wrap(dataKey, bindingOf(context)),
          payload: payload.toString('base64url'),
        });
      } finally {
        // Buffers can be wiped, JavaScript's texts cannot.
        dataKey.fill(0);
        plain.fill(0);
      }
    },
    open: (sealed, context) => {
      const envelope = readEnvelope(sealed);
      const dataKey = unwrap(envelope, context);
      try {
        return new Secret(openPayload(envelope.payload, dataKey, context));
      } finally {
        dataKey.fill(0);
      }
    },
    rewrap: (sealed, context) => {
      const envelope = readEnvelope(sealed);
      if (envelope.kid === keyring.activeKid) return sealed;
      const dataKey = unwrap(envelope, context);
      try {
        return writeEnvelope({
          kid: keyring.activeKid,
          wrappedKey: keyring.wrap(dataKey, bindingOf(context)),
          payload: envelope.payload,
        });
      } finally {
        dataKey.fill(0);
      }
    },
  };
};

interface Envelope {
  kid: string;
  wrappedKey: Buffer;
  /** Kept as text, so that a new wrapping leaves each of its characters alone. */
  payload: string;
}

/** JSON, so that no two contexts read the same. */
const bindingOf = ({ teamId, recordId, field }: VaultContext): string =>
  JSON.stringify([schemaVersion, teamId, recordId, field]);

const openPayload = (text: string, dataKey: Buffer, context: VaultContext): string => {
  const payload = Buffer.from(text, 'base64url');
  const opening = createDecipheriv(cipher, dataKey, payload.subarray(0, ivBytes), {
    authTagLength: tagBytes,
  });
  opening.setAAD(Buffer.from(bindingOf(context)));
  opening.setAuthTag(payload.subarray(-tagBytes));
  const plain = opening.update(payload.subarray(ivBytes, -tagBytes));
  try {
    opening.final();
    return plain.toString('utf8');
  } catch (error) {
    throw new VaultError('A sealed text is damaged, or belongs to another row.', { cause: error });
  } finally {
    plain.fill(0);
  }
};

const writeEnvelope = ({ kid, wrappedKey, payload }: Envelope): string =>
  [schemaVersion, kid, wrappedKey.toString('base64url'), payload].join('.');

const readEnvelope = (sealed: string): Envelope => {
  const [version, kid, wrappedKey, payload, ...rest] = sealed.split('.');
  if (
    version !== schemaVersion ||
    kid === undefined ||
    rest.length > 0 ||
    !isCanonical(wrappedKey) ||
    !isCanonical(payload) ||
    Buffer.byteLength(payload, 'base64url') < ivBytes + tagBytes
  ) {
    throw new VaultError('A sealed text has not the form of one.');
  }
  return { kid, wrappedKey: Buffer.from(wrappedKey, 'base64url'), payload };
};

/** One spelling only: Node's decoder also takes stray characters and stray last bits. */
const isCanonical = (text: string | undefined): text is string =>
  text !== undefined && Buffer.from(text, 'base64url').toString('base64url') === text;

/** The key that wrapped a sealed text, for rotation. @throws VaultError */
export const kidOf = (sealed: string): string => readEnvelope(sealed).kid;
