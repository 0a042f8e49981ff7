import { Button, Skeleton, Stack } from '@mantine/core';
import type { UseInfiniteQueryResult, InfiniteData } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ProblemNotice } from './problem-notice.tsx';

interface ListViewProps<Item> {
  /** What is listed, for screen readers: `connections`. */
  what: string;
  query: UseInfiniteQueryResult<InfiniteData<{ items: Item[]; nextCursor: string | null }>>;
  empty: ReactNode;
  children: (items: readonly Item[]) => ReactNode;
  /** Shown while loading; rows by default. */
  skeleton?: ReactNode;
}

const rows = (
  <Stack gap={12}>
    {[0, 1, 2].map((row) => (
      <Skeleton key={row} height={52} />
    ))}
  </Stack>
);

/** A list in each of its states: loading, failed, empty, full, and with more to come. */
export const ListView = <Item,>({ what, query, empty, children, skeleton = rows }: ListViewProps<Item>) => {
  if (query.isPending) {
    return (
      <div role="status" aria-label={`Loading ${what}`}>
        {skeleton}
      </div>
    );
  }
  if (query.data === undefined)
    return <ProblemNotice error={query.error} retry={() => void query.refetch()} />;
  const items = query.data.pages.flatMap((page) => page.items);
  return (
    <Stack gap={12}>
      {query.isError && <ProblemNotice error={query.error} retry={() => void query.refetch()} />}
      {items.length === 0 && !query.hasNextPage ? empty : children(items)}
      {query.hasNextPage && (
        <Button
          variant="default"
          w="fit-content"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          More {what}
        </Button>
      )}
    </Stack>
  );
};
