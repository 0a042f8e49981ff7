import type { CredentialKind, Job, ProviderId } from '@windlass/contract';
import type { BucketAddress, ProbeOutcome, S3Credentials } from '../../platform/s3/index.ts';

/** What is checked: a bucket, the jobs it is for, and a way to credentials for it. */
export interface CheckSubject {
  provider: ProviderId;
  jobs: readonly Job[];
  address: BucketAddress;
  /** Null where nobody has given any yet. */
  credentials: CheckCredentials | null;
  /** Origin of our own pages, for CORS; null where uploads come from nowhere. */
  origin: string | null;
}

/** Credentials of any kind, as the check meets them. */
export interface CheckCredentials {
  kind: CredentialKind;
  /**
   * Credentials that sign requests. Those of a role come from a session that is not narrowed to the prefix: the check
   * asks what the role itself allows. `clockOffsetMilliseconds` is to be added to this machine's clock when signing.
   */
  open(options: {
    address: BucketAddress;
    clockOffsetMilliseconds: number;
    signal: AbortSignal;
  }): Promise<ProbeOutcome<S3Credentials>>;
  /** Tries to assume the role as we must not be able to; null where no external ID is in play. */
  proveTrust:
    | ((options: {
        address: BucketAddress;
        clockOffsetMilliseconds: number;
        signal: AbortSignal;
      }) => Promise<TrustProof>)
    | null;
}

/** Assuming the role must fail in both of these ways (AWS IAM: the confused deputy problem). */
export interface TrustProof {
  wrongExternalId: ProbeOutcome<null>;
  noExternalId: ProbeOutcome<null>;
  /** False where only the customer's own key can assume the role: then the external ID is a help, and no must. */
  mustTell: boolean;
  /** The trust policy as it should read, JSON; null where it is not known whom it must name. */
  trustPolicy: string | null;
}
