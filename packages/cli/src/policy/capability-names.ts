import { capabilities, type Capability } from '@windlass/policy/generate';
import { UsageError } from '../usage-error.ts';

const kebab = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** As the command line spells them: `ingest-resumable`. */
export const capabilityNames: readonly string[] = capabilities.map(kebab);

/** Throws a UsageError that lists the jobs. */
export const capabilityOf = (name: string): Capability => {
  const wanted = name.toLowerCase().replaceAll(/[-_\s]/g, '');
  const found = capabilities.find((one) => one.toLowerCase() === wanted);
  if (found === undefined)
    throw new UsageError(`There is no job "${name}". Jobs: ${capabilityNames.join(', ')}.`);
  return found;
};
