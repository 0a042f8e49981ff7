import { Text } from '@mantine/core';
import { ruleIds } from '@windlass/policy/lint';
import { ruleTitles } from '@windlass/policy/rules';
import { lazy, Suspense, useState } from 'react';

const RuleExplained = lazy(async () => ({ default: (await import('./rule-explained.tsx')).RuleExplained }));

/** The stable id of a rule and what it is about; unfolded, the page that the docs have on it. */
export const RuleText = ({ rule }: { rule: string }) => {
  const [opened, setOpened] = useState(false);
  const id = ruleIds.find((known) => known === rule);
  if (id === undefined) return null;
  return (
    <details onToggle={(event) => setOpened(event.currentTarget.open)}>
      <Text component="summary" size="xs" c="dimmed" className="wl-rule">
        <span className="wl-mono">{id}</span> {ruleTitles[id]}
      </Text>
      {opened && (
        <Suspense fallback={null}>
          <div className="wl-rule-text">
            <RuleExplained rule={id} />
          </div>
        </Suspense>
      )}
    </details>
  );
};
