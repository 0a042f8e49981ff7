import type { PolicyDocument } from '@windlass/policy';
import { UsageError } from '../usage-error.ts';
import { readJson } from './read-text.ts';

/** Reads a policy from a file or, for `-`, from standard input. Throws a UsageError for what has no statements. */
export const readPolicy = async (path: string): Promise<PolicyDocument> => {
  const content = await readJson(path);
  if (typeof content !== 'object' || content === null || !('Statement' in content))
    throw new UsageError(`${path} is no policy: it has no Statement.`);
  // The evaluator bears any JSON in a statement, and says what IAM would not take.
  return content as PolicyDocument;
};
