export { createBucketServer } from './bucket-server.ts';
export type { BucketServer, BucketServerOptions } from './bucket-server.ts';
export type { EnsureUserInput, UserCredentials } from './auth/users.ts';
export type { AuthorizationDecision, AuthorizationRequest, Principal } from './authorize.ts';
export type { CorsMethod, CorsRule } from './cors/cors-configuration.ts';
export type { BucketLog, BucketLogEntry } from './http/access-log.ts';
export { S3Error } from './s3-error.ts';
export type { S3ErrorCode } from './s3-error.ts';
export { IamError, type IamErrorCode } from './iam/iam-error.ts';
export { userStandings } from './iam/bucket-iam.ts';
export type {
  BucketIam,
  IamAccessKey,
  IamBucket,
  IamOidcProvider,
  IamRole,
  IamUser,
  NamedPolicy,
  NewRole,
  PolicyHolder,
  PublicAccessBlock,
  Trial,
  TrialPrincipal,
  UserStanding,
} from './iam/bucket-iam.ts';
export type { FetchDocument } from './sts/provider-keys.ts';
