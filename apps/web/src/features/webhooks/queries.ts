import { getWebhook, listWebhookDeliveries, listWebhooks } from '@windlass/contract';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { call, callVersioned } from '../../lib/api.ts';
import { firstPage, nextPage } from '../../lib/paging.ts';

export const webhooksQuery = (teamId: string) =>
  infiniteQueryOptions({
    queryKey: ['webhooks', teamId],
    queryFn: ({ pageParam, signal }) => call(listWebhooks, { params: { teamId }, query: pageParam, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });

export const webhookQuery = (teamId: string, webhookId: string) =>
  queryOptions({
    queryKey: ['webhook', teamId, webhookId],
    queryFn: ({ signal }) => callVersioned(getWebhook, { params: { teamId, webhookId }, signal }),
  });

/** What waits is tried again by itself: the list is read anew while somebody looks. */
const refetchMilliseconds = 5000;

export const deliveriesQuery = (teamId: string, webhookId: string) =>
  infiniteQueryOptions({
    queryKey: ['webhook', teamId, webhookId, 'deliveries'],
    queryFn: ({ pageParam, signal }) =>
      call(listWebhookDeliveries, { params: { teamId, webhookId }, query: pageParam, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
    refetchInterval: ({ state }) =>
      state.data?.pages.some(({ items }) => items.some(({ status }) => status === 'pending')) === true
        ? refetchMilliseconds
        : false,
  });
