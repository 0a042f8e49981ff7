import type { Connection, CredentialKind, getConnectionSetup, OperationResult } from '@windlass/contract';
import {
  capabilityOfJob,
  generate,
  PolicyInputError,
  type GeneratedDocuments,
  type GenerateInput,
} from '@windlass/policy/generate';

export type SetupFacts = NonNullable<OperationResult<typeof getConnectionSetup>>;

/** What a person chooses beside the settings of the connection. */
export interface SetupChoice {
  kind: CredentialKind;
  /** Twelve digits; for trust policies of web identity, and for the account pin. */
  accountId: string;
  /** Who assumes the role, where this server has no identity of its own. */
  assumedBy: string;
  writeOnce: boolean;
  tlsOnly: boolean;
  accountPin: boolean;
  kmsKey: string;
}

export const noChoice: SetupChoice = {
  kind: 'accessKey',
  accountId: '',
  assumedBy: '',
  writeOnce: false,
  tlsOnly: false,
  accountPin: false,
  kmsKey: '',
};

const stripScheme = (url: string): string => url.replace(/^https?:\/\//, '');

/** The trust policy that a kind of credentials asks for; nothing for keys, or while the principal is not known. */
const trustOf = (facts: SetupFacts, choice: SetupChoice): Pick<GenerateInput, 'trust' | 'webIdentity'> => {
  if (choice.kind === 'webIdentity' && facts.webIdentity !== null) {
    return { webIdentity: { ...facts.webIdentity, issuer: stripScheme(facts.webIdentity.issuer) } };
  }
  const principal = choice.assumedBy.trim() === '' ? facts.platformPrincipal : choice.assumedBy.trim();
  if (choice.kind !== 'role' || principal === null) return {};
  return { trust: { principal, externalId: facts.externalId } };
};

/** What the user or role of a connection is called in all that is shown; IAM takes 64 characters. */
export const identityNameOf = ({ name }: Pick<Connection, 'name'>): string => `windlass-${name}`.slice(0, 64);

/** What the documents of a connection are made for. */
export const setupInput = (connection: Connection, facts: SetupFacts, choice: SetupChoice): GenerateInput => {
  const accountId = choice.accountId.trim();
  const kmsKey = choice.kmsKey.trim();
  return {
    capabilities: connection.jobs.map((job) => capabilityOfJob[job]),
    provider: connection.provider,
    bucket: connection.bucket,
    prefix: connection.prefix,
    region: connection.region,
    origins: facts.origins,
    name: identityNameOf(connection),
    ...(accountId === '' ? {} : { accountId }),
    ...trustOf(facts, choice),
    addOns: {
      writeOnce: choice.writeOnce,
      tlsOnly: choice.tlsOnly,
      accountPin: choice.accountPin && accountId !== '',
      ...(kmsKey === '' ? {} : { kmsKey }),
    },
  };
};

export interface Setup {
  input: GenerateInput;
  documents: GeneratedDocuments | null;
  /** What keeps the documents from being made, and the field it is about. */
  problem: { field: string; message: string } | null;
}

/** The documents, or what is wrong with the input. */
export const setupOf = (input: GenerateInput, kind: CredentialKind): Setup => {
  if (kind === 'role' && input.trust === undefined) {
    const message = 'Name who assumes the role: its trust policy lets nobody else in.';
    return { input, documents: null, problem: { field: 'trust.principal', message } };
  }
  try {
    return { input, documents: generate(input), problem: null };
  } catch (error) {
    if (!(error instanceof PolicyInputError)) throw error;
    return { input, documents: null, problem: { field: error.field, message: error.message } };
  }
};
