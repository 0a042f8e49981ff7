import { Anchor, Stack, Text } from '@mantine/core';
import type { RuleId } from '@windlass/policy/lint';
import { ruleDocs } from '@windlass/policy/rules';

/** Why a rule is there, how to mend what it finds, and where that is written. A file of its own: the texts are long. */
export const RuleExplained = ({ rule }: { rule: RuleId }) => {
  const { why, mend, source } = ruleDocs[rule];
  return (
    <Stack gap={8}>
      <Text size="sm">
        <Worded text={why} />
      </Text>
      <Text size="sm">
        <Worded text={mend} />
      </Text>
      <Anchor size="xs" href={source} target="_blank" rel="noreferrer">
        {new URL(source).hostname}
      </Anchor>
    </Stack>
  );
};

/** Text in which names stand between backticks, as in the docs. */
const Worded = ({ text }: { text: string }) =>
  text.split('`').map((part, index) =>
    // Every other part stood between backticks; parts have no identity but their place.
    index % 2 === 1 ? (
      // oxlint-disable-next-line react/no-array-index-key
      <code key={index} className="wl-name">
        {part}
      </code>
    ) : (
      part
    ),
  );
