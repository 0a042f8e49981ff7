import { Button, Stack } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
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

/** The check with its rows and "check again". */
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
  const { mutate } = check;
  useEffect(() => {
    if (!runAtOnce || started.current || (lastCheck !== null && !wantsBrowser(lastCheck))) return;
    started.current = true;
    mutate(lastCheck);
  }, [runAtOnce, lastCheck, mutate]);
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
          <Button
            variant="default"
            leftSection={<IconRefresh size={16} />}
            loading={check.isPending}
            disabled={blocked !== ''}
            onClick={() => mutate(null)}
          >
            {lastCheck === null ? 'Check now' : 'Check again'}
          </Button>
        )
      }
    >
      <Stack gap={12}>
        {check.isError && <ProblemNotice error={check.error} />}
        <CheckRows report={check.data ?? lastCheck} running={check.isPending} />
      </Stack>
    </Section>
  );
};
