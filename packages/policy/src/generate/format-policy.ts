import type { CorsRule } from '../cors/cors-rule.ts';
import type { PolicyDocument, Statement } from '../document/policy-document.ts';
import type { LifecycleDocument } from './generated.ts';

/**
 * A policy, or one statement of it, as text to paste. IAM takes no character beyond U+00FF in a document, so those are written as JSON escapes.
 *
 * Source: https://docs.aws.amazon.com/IAM/latest/APIReference/API_PutUserPolicy.html (pattern of PolicyDocument)
 */
export const formatPolicy = (document: PolicyDocument | Statement): string =>
  escapeBeyondLatin(JSON.stringify(document, null, 2));

/** The same on one line, as it travels in a request. */
export const compactPolicy = (document: PolicyDocument): string =>
  escapeBeyondLatin(JSON.stringify(document));

const escapeBeyondLatin = (json: string): string =>
  json.replaceAll(/[\u0100-\uFFFF]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** CORS rules as the S3 console takes them: a bare list. */
export const formatCors = (rules: readonly CorsRule[]): string => JSON.stringify(rules, null, 2);

/** A lifecycle configuration as `aws s3api put-bucket-lifecycle-configuration` takes it. */
export const formatLifecycle = (document: LifecycleDocument): string => JSON.stringify(document, null, 2);
