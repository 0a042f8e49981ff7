import { Stack } from '@mantine/core';
import type { Source } from '@windlass/contract';
import { Section } from '../../../ui/section.tsx';
import { PurgeForm } from './purge-form.tsx';
import { PurgeList } from './purge-list.tsx';
import { UsagePanel } from './usage-panel.tsx';

interface CachePanelProps {
  source: Source;
  mayWrite: boolean;
  path: string | undefined;
}

/** Usage of a source, and its cache: what is kept, and how to be rid of it. */
export const CachePanel = ({ source, mayWrite, path }: CachePanelProps) => (
  <Stack gap={32}>
    <UsagePanel source={source} />
    <Section
      title="Purge"
      about="Made pictures are kept until they are pushed out, their original changes, or they are purged. For an original that has changed nothing need be done."
    >
      <Stack gap={16}>
        {mayWrite && <PurgeForm source={source} path={path} />}
        <PurgeList source={source} />
      </Stack>
    </Section>
  </Stack>
);
