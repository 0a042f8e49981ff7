import { BadValue, parsePlan, type Plan, type PlanSettings } from '@windlass/images/parameters';
import { UsageError } from '../usage-error.ts';

/**
 * The plan of parameters that were given as flags.
 *
 * @throws UsageError that names the flag and says what it takes
 */
export const planOf = (
  given: Readonly<Record<string, string>>,
  settings: Partial<PlanSettings> = {},
): Plan => {
  try {
    return parsePlan(new URLSearchParams(given).toString(), settings);
  } catch (error) {
    if (error instanceof BadValue) throw new UsageError(`--${error.message}`);
    throw error;
  }
};
