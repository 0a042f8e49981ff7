import { Button, Group, Stack, Text, UnstyledButton } from '@mantine/core';
import type { Finding, Fix } from '@windlass/policy/lint';
import { severityWords, worstFirst } from '../../lib/severity.ts';
import { State } from '../../ui/state.tsx';
import { RuleText } from './rule-text.tsx';

interface FindingsListProps {
  findings: readonly Finding[];
  onLine: (line: number) => void;
  onFix: (fix: Fix) => void;
}

/** What was found in a document, the worst first. */
export const FindingsList = ({ findings, onLine, onFix }: FindingsListProps) => {
  if (findings.length === 0) {
    return (
      <div className="wl-notice">
        <State tone="ok" word="Nothing found" />
      </div>
    );
  }
  return (
    <ul className="wl-rows" aria-label="Findings">
      {worstFirst(findings).map((finding) => (
        <li key={`${finding.rule} ${finding.start} ${finding.message}`} className="wl-row wl-finding">
          <State {...severityWords[finding.severity]} />
          <Stack gap={4}>
            <Text size="sm">{finding.message}</Text>
            {finding.fixes.length > 0 && (
              <Group gap={8} mt={4}>
                {finding.fixes.map((fix) => (
                  <Button key={fix.title} variant="light" size="compact-sm" onClick={() => onFix(fix)}>
                    {fix.title}
                  </Button>
                ))}
              </Group>
            )}
            <RuleText rule={finding.rule} />
          </Stack>
          <UnstyledButton
            className="wl-line-link"
            fz="xs"
            aria-label={`Go to line ${finding.line}`}
            onClick={() => onLine(finding.line)}
          >
            line {finding.line}
          </UnstyledButton>
        </li>
      ))}
    </ul>
  );
};
