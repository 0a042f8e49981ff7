import { Stack } from '@mantine/core';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useRouter } from '@tanstack/react-router';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

/** Where a screen could not be made: what happened and a way on. */
export const ErrorScreen = ({ error, reset }: ErrorComponentProps) => {
  const router = useRouter();
  const again = () => {
    reset();
    void router.invalidate();
  };
  return (
    <Stack maw={640} p={24}>
      <PageHeader title="This page did not open" />
      <ProblemNotice error={error} retry={again} />
      <a href="/">To the overview</a>
    </Stack>
  );
};
