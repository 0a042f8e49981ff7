import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Projects by how long one of their files takes. */
const longestFirst = ['crash', 'e2e', 'security', 'conformance', 'database', 'unit', 'alone'];

const rank = ({ project }: TestSpecification): number => longestFirst.indexOf(project.name);

/**
 * Begins with what takes long and ends with what is short, so that no worker waits at the end for another's long file:
 * vitest goes through the projects by their names.
 */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    // oxlint-disable-next-line unicorn/no-array-sort -- a sequencer's own, which gives a new list.
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
