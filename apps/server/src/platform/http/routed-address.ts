import type { FastifyRequest } from 'fastify';

/**
 * The address by which a request is judged: the route's own where one was found. The router decodes escapes and takes
 * the absolute form, so `/%61pi/v1/…` and `http://host/api/v1/…` reach a call too.
 */
export const routedAddress = ({ routeOptions, url }: Pick<FastifyRequest, 'routeOptions' | 'url'>): string =>
  routeOptions.url ?? url;
