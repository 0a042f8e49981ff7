import { Stack } from '@mantine/core';
import { Health } from '../../features/overview/health.tsx';
import { LatelyPictures } from '../../features/overview/lately-pictures.tsx';
import { NeedsYou } from '../../features/overview/needs-you.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** Three questions at a glance: what needs me, are my buckets healthy, which pictures are there. */
export const OverviewScreen = () => (
  <>
    <PageHeader title="Overview" />
    <Stack gap={32}>
      <NeedsYou />
      <Health />
      <LatelyPictures />
    </Stack>
  </>
);
