import type { Connection, ProvisioningAction, ProvisioningKind } from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import type { BucketAdmin, IamAdmin, S3Credentials } from '../../platform/s3/index.ts';
import type { OfConnection, ProvisionedRow } from './store.ts';
import type { Wanted } from './wanted.ts';

/** What a look found, and what it means. */
export interface Finding {
  action: ProvisioningAction;
  name: string;
  detail: string;
  /** What would be written. */
  document: string | null;
  /** What is there now. An apply that finds something else than its plan did stops. */
  there: unknown;
}

/** One thing to be made. Looking changes nothing; carrying out follows a look of the same run. */
export interface Step {
  kind: ProvisioningKind;
  title: string;
  /** Of what it is about, as far as that is known beforehand. */
  name: string;
  look(signal: AbortSignal): Promise<Finding>;
  /** Only after `create` or `update`. @returns what was done, in plain words */
  carryOut(finding: Finding, signal: AbortSignal): Promise<string>;
}

/** A user of the customer's that assumes the role. */
export interface Assumer {
  principal: string;
  key: S3Credentials;
}

/** What the steps of one run share. */
export interface Workbench {
  at: OfConnection;
  actor: Actor;
  connection: Connection;
  wanted: Wanted;
  bucket: BucketAdmin;
  /** Null where the provider has no IAM. */
  iam: IamAdmin | null;
  /** Findings of this run, by the steps that came before. */
  findings: Map<ProvisioningKind, Finding>;
  /** Null: this server itself assumes the role. */
  assumedBy: Assumer | null;
  /** The key that this run has made. */
  madeKey: { current: S3Credentials | null };
  records: {
    find(kind: ProvisioningKind, name: string): Promise<ProvisionedRow | null>;
    keep(
      kind: ProvisioningKind,
      name: string,
      facts: { made: boolean; before: unknown; after: unknown },
    ): Promise<void>;
    forget(kind: ProvisioningKind, name: string): Promise<void>;
  };
}

/** For what cannot be done: the reason, and what to do instead. */
export const cannot = (name: string, detail: string): Finding => ({
  action: 'cannot',
  name,
  detail,
  document: null,
  there: null,
});

/** A document as it is shown before it is written. */
export const json = (value: unknown): string => JSON.stringify(value, null, 2);
