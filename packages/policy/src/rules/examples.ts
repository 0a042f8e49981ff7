/** Statements that examples are made of. */
export const put = { Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::media/uploads/*' };
export const list = { Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::media' };
export const denyAll = {
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: ['arn:aws:s3:::media', 'arn:aws:s3:::media/*'],
};
export const role = { AWS: 'arn:aws:iam::111122223333:role/uploader' };

/** The pages of AWS that most rules come from. */
const iam = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/';
const s3 = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/';
export const pages = {
  grammar: `${iam}reference_policies_grammar.html`,
  version: `${iam}reference_policies_elements_version.html`,
  variables: `${iam}reference_policies_variables.html`,
  effect: `${iam}reference_policies_elements_effect.html`,
  sid: `${iam}reference_policies_elements_sid.html`,
  principal: `${iam}reference_policies_elements_principal.html`,
  notPrincipal: `${iam}reference_policies_elements_notprincipal.html`,
  action: `${iam}reference_policies_elements_action.html`,
  resource: `${iam}reference_policies_elements_resource.html`,
  notResource: `${iam}reference_policies_elements_notresource.html`,
  operators: `${iam}reference_policies_elements_condition_operators.html`,
  setOperators: `${iam}reference_policies_multi-value-conditions.html`,
  globalKeys: `${iam}reference_policies_condition-keys.html`,
  quotas: `${iam}reference_iam-quotas.html`,
  evaluation: `${iam}reference_policies_evaluation-logic.html`,
  confusedDeputy: `${iam}confused-deputy.html`,
  leastPrivilege: `${iam}best-practices.html`,
  s3Actions: `${s3}using-with-s3-policy-actions.html`,
  s3Arns: `${s3}s3-arn-format.html`,
  s3Keys: `${s3}amazon-s3-policy-keys.html`,
  s3Reference: 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html',
  bucketNames: `${s3}bucketnamingrules.html`,
  bucketPolicies: `${s3}bucket-policies.html`,
  publicAccess: `${s3}access-control-block-public-access.html`,
  accessPoints: `${s3}access-points-policies.html`,
  multipart: `${s3}mpuoverview.html`,
  kms: `${s3}UsingKMSEncryption.html`,
  vpcEndpoints: `${s3}example-bucket-policies-vpc-endpoint.html`,
  cors: `${s3}ManageCorsUsing.html`,
  corsTroubles: `${s3}cors-troubleshooting.html`,
} as const;
