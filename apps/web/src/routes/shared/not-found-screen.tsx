import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { PageHeader } from '../../ui/page-header.tsx';

/** No screen has this address. */
export const NotFoundScreen = () => (
  <Stack maw={560} p={24} gap={8}>
    <PageHeader title="Not found" />
    <Text>Nothing has this address. It may have been deleted, or the link may be cut off.</Text>
    <Anchor component={Link} to="/">
      To the overview
    </Anchor>
  </Stack>
);
