import { Stack } from '@mantine/core';
import { DropSections } from '../../features/drops/drop-sections.tsx';
import { CostCard } from '../../features/orders/settings/cost-card.tsx';
import { PricesCard } from '../../features/orders/settings/prices-card.tsx';
import { StateNames } from '../../features/orders/settings/state-names.tsx';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** What holds for every order page: the words for states, and what it all costs. */
export const DropSettingsScreen = () => {
  const { role } = useTeam();
  const mayWrite = hasRole(role, 'admin');
  return (
    <>
      <PageHeader title="States and costs" />
      <DropSections />
      <Stack gap={32}>
        <CostCard />
        <PricesCard mayWrite={mayWrite} />
        <StateNames mayWrite={mayWrite} />
      </Stack>
    </>
  );
};
