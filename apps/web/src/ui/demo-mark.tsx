import { Badge } from '@mantine/core';

/** Marks what the first run made to look at. */
export const DemoMark = () => (
  <Badge variant="outline" color="gray" size="xs" tt="none" fw={500} c="dimmed">
    demo
  </Badge>
);
