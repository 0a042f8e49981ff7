import type { Evaluation, RequestContext } from '@windlass/policy';

/**
 * What a user may do before any policy is asked.
 *
 * - `administrator`: everything in the account, as an IAM user with AdministratorAccess; and, as the account's root has it on
 *   AWS, the policy of a bucket even where that policy denies it.
 * - `owner`: makes buckets and does everything in those it made. This is what `ensureUser` makes.
 * - `policies`: nothing but what policies allow. This is what IAM's CreateUser makes.
 */
export const userStandings = ['administrator', 'owner', 'policies'] as const;
export type UserStanding = (typeof userStandings)[number];

/** A policy under its name, with the text that was put. */
export interface NamedPolicy {
  readonly name: string;
  readonly document: string;
}

/** Never with its secret: that is shown once, to whoever makes the key. */
export interface IamAccessKey {
  readonly accessKeyId: string;
  readonly active: boolean;
  /** Null for keys from before times were kept. */
  readonly createdAt: Date | null;
  /** Since this process began; null when it did not sign since. */
  readonly lastUsed: { readonly at: Date; readonly service: string } | null;
}

export interface IamUser {
  readonly name: string;
  readonly userId: string;
  readonly arn: string;
  readonly path: string;
  readonly standing: UserStanding;
  /** Null for users from before times were kept. */
  readonly createdAt: Date | null;
  readonly accessKeys: readonly IamAccessKey[];
  readonly policies: readonly NamedPolicy[];
  /** The document that bounds what the policies allow, or null. */
  readonly boundary: string | null;
}

export interface IamRole {
  readonly name: string;
  readonly roleId: string;
  readonly arn: string;
  readonly path: string;
  readonly createdAt: Date;
  readonly description: string;
  /** Who may assume the role. */
  readonly trustPolicy: string;
  /** 3,600 to 43,200. */
  readonly maxSessionSeconds: number;
  readonly policies: readonly NamedPolicy[];
  readonly boundary: string | null;
}

/** An issuer whose tokens roles may trust. */
export interface IamOidcProvider {
  readonly arn: string;
  /** Without `https://`, as IAM tells it and as condition keys begin: `issuer.example/path`. */
  readonly issuer: string;
  /** With its scheme. */
  readonly url: string;
  /** Audiences; a token must be for one of them. */
  readonly clientIds: readonly string[];
  readonly thumbprints: readonly string[];
  readonly createdAt: Date;
}

export interface NewRole {
  readonly name: string;
  readonly trustPolicy: string;
  readonly path?: string | undefined;
  readonly description?: string | undefined;
  readonly maxSessionSeconds?: number | undefined;
}

/** Users and roles carry inline policies in the same way. */
export type PolicyHolder = { readonly user: string } | { readonly role: string };

/** A bucket as policies see it. */
export interface IamBucket {
  readonly name: string;
  /** Id of the user or role that made it. */
  readonly ownerId: string;
  readonly policy: string | null;
  readonly publicAccessBlock: PublicAccessBlock | null;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PublicAccessBlockConfiguration.html */
export interface PublicAccessBlock {
  readonly blockPublicAcls: boolean;
  readonly ignorePublicAcls: boolean;
  readonly blockPublicPolicy: boolean;
  readonly restrictPublicBuckets: boolean;
}

/** Who asks in a trial: nobody, a user, or a session of a role with the session policy it would be given. */
export type TrialPrincipal =
  | 'anonymous'
  | { readonly user: string }
  | { readonly role: string; readonly sessionName?: string; readonly sessionPolicy?: string };

export interface Trial {
  readonly principal: TrialPrincipal;
  /** IAM action, e.g. `s3:PutObject`. */
  readonly action: string;
  /** ARN, or `*`. */
  readonly resource: string;
  /** Condition keys beside those that follow from the principal, e.g. `s3:prefix`. */
  readonly context?: RequestContext;
}

/**
 * The account of an embedded bucket as a program sees it. The IAM query API and the app's console stand on this; callers
 * have asked before whether they may. What a caller can get wrong is thrown as an `IamError` with AWS's code; what was
 * changed is on the disk when the promise resolves.
 *
 * @example
 * await bucket.iam.createUser({ name: 'ingest' });
 * await bucket.iam.putPolicy({ user: 'ingest' }, 'write', '{"Version":"2012-10-17","Statement":[…]}');
 * const { accessKeyId, secretAccessKey } = await bucket.iam.createAccessKey('ingest');
 */
export interface BucketIam {
  readonly accountId: string;

  /** Sorted by name, as all lists here. */
  listUsers(): readonly IamUser[];
  /** Throws NoSuchEntity, as everything that names what is not there. */
  getUser(name: string): IamUser;
  /** A user without any right. Throws EntityAlreadyExists, ValidationError. */
  createUser(input: { readonly name: string; readonly path?: string | undefined }): Promise<IamUser>;
  /** Throws DeleteConflict while the user has keys or policies. */
  deleteUser(name: string): Promise<void>;
  /** The secret is told here and never again. Throws LimitExceeded beyond two keys. */
  createAccessKey(userName: string): Promise<IamAccessKey & { readonly secretAccessKey: string }>;
  setAccessKeyActive(userName: string, accessKeyId: string, active: boolean): Promise<void>;
  deleteAccessKey(userName: string, accessKeyId: string): Promise<void>;
  /** The user whose key it is. */
  findAccessKey(accessKeyId: string): { readonly userName: string; readonly key: IamAccessKey };

  listRoles(): readonly IamRole[];
  getRole(name: string): IamRole;
  /** Throws EntityAlreadyExists, MalformedPolicyDocument, ValidationError. */
  createRole(input: NewRole): Promise<IamRole>;
  setTrustPolicy(roleName: string, document: string): Promise<void>;
  /** Sessions end with their role. Throws DeleteConflict while it has policies. */
  deleteRole(name: string): Promise<void>;

  /** Adds or replaces an inline policy. Throws MalformedPolicyDocument, LimitExceeded. */
  putPolicy(holder: PolicyHolder, policyName: string, document: string): Promise<void>;
  deletePolicy(holder: PolicyHolder, policyName: string): Promise<void>;
  /** Null takes the boundary away. Throws MalformedPolicyDocument. */
  setBoundary(holder: PolicyHolder, document: string | null): Promise<void>;

  listOidcProviders(): readonly IamOidcProvider[];
  getOidcProvider(arn: string): IamOidcProvider;
  /** Throws EntityAlreadyExists, InvalidInput. */
  createOidcProvider(input: {
    readonly url: string;
    readonly clientIds: readonly string[];
    readonly thumbprints?: readonly string[];
  }): Promise<IamOidcProvider>;
  deleteOidcProvider(arn: string): Promise<void>;

  listBuckets(): readonly IamBucket[];
  /** Throws S3's MalformedPolicy and AccessDenied (BlockPublicPolicy); null takes the policy away. */
  putBucketPolicy(bucket: string, document: string | null): Promise<void>;
  putPublicAccessBlock(bucket: string, block: PublicAccessBlock | null): Promise<void>;

  /** What would be decided, by the same code and on the same policies as a real request. Nothing is done. */
  tryRequest(trial: Trial): Evaluation;
}
