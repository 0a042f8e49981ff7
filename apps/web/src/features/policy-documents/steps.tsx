import { Text } from '@mantine/core';
import type { ConsoleStep } from '@windlass/policy/render';
import { JsonView } from '../../ui/json-view.tsx';

/** Steps to follow in a console, each with where it is, what to do there, and what to paste. */
export const Steps = ({ steps }: { steps: readonly ConsoleStep[] }) => (
  <ol className="wl-steps">
    {steps.map(({ title, where, lines, copy }) => (
      <li key={`${where} ${title}`}>
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {where}
        </Text>
        <ul>
          {lines.map((line) => (
            <li key={line}>
              <Text size="sm" span>
                {line}
              </Text>
            </li>
          ))}
        </ul>
        {copy !== undefined && <JsonView what="To paste" value={copy} />}
      </li>
    ))}
  </ol>
);
