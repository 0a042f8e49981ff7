import { Button, Group, Stack } from '@mantine/core';
import { IconRefresh, IconWorldUpload } from '@tabler/icons-react';
import type { CheckReport } from '@windlass/contract';
import { useEffect, useRef } from 'react';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { CheckRows } from './check-rows.tsx';
import { useCheck, wantsBrowser } from './use-check.ts';

interface CheckPanelProps {
  teamId: string;
  connectionId: string;
  lastCheck: CheckReport | null;
  /** False for members: they may look. */
  mayRun: boolean;
  /** Why it cannot run now; empty when it can. */
  blocked?: string;
  /** Runs what has not run yet, as the last step of the wizard: all of it, or the page's own part. */
  runAtOnce?: boolean;
}

/** Credentials replaced after a check of this page were checked later than it. */
const laterOf = (own: CheckReport | null, last: CheckReport | null): CheckReport | null =>
  own === null || (last !== null && last.checkedAt > own.checkedAt) ? last : own;

/** The check with its rows, the page’s own try and "check again". */
export const CheckPanel = ({
  teamId,
  connectionId,
  lastCheck,
  mayRun,
  blocked = '',
  runAtOnce = false,
}: CheckPanelProps) => {
  const check = useCheck(teamId, connectionId);
  const started = useRef(false);
  const seen = useRef(lastCheck?.checkedAt);
  const { mutate, isPending } = check;
  useEffect(() => {
    if (!runAtOnce || started.current || (lastCheck !== null && !wantsBrowser(lastCheck))) return;
    started.current = true;
    mutate(lastCheck);
  }, [runAtOnce, lastCheck, mutate]);
  // New credentials were checked by the server alone: the page adds its own part. Its own check does so by itself.
  useEffect(() => {
    if (lastCheck === null || seen.current === lastCheck.checkedAt) return;
    seen.current = lastCheck.checkedAt;
    if (!runAtOnce && mayRun && !isPending && lastCheck.trigger === 'person' && wantsBrowser(lastCheck))
      mutate(lastCheck);
  }, [runAtOnce, mayRun, isPending, lastCheck, mutate]);
  const report = laterOf(check.data ?? null, lastCheck);
  return (
    <Section
      title="Check"
      about={
        blocked === ''
          ? 'What the credentials can, against what the jobs need. Nothing is left behind in the bucket.'
          : blocked
      }
      actions={
        mayRun && (
          <Group gap={8}>
            {blocked === '' && report !== null && wantsBrowser(report) && (
              <Button
                leftSection={<IconWorldUpload size={16} />}
                disabled={isPending}
                onClick={() => mutate(report)}
              >
                Try from this browser
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<IconRefresh size={16} />}
              loading={isPending}
              disabled={blocked !== ''}
              onClick={() => mutate(null)}
            >
              {report === null ? 'Check now' : 'Check again'}
            </Button>
          </Group>
        )
      }
    >
      <Stack gap={12}>
        {check.isError && <ProblemNotice error={check.error} />}
        <CheckRows report={report} running={isPending} />
      </Stack>
    </Section>
  );
};
