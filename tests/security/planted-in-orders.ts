import { expect } from 'vitest';

/** Sends a call and keeps its answer for the search. */
type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<{ status: number; body: Record<string, string> }>;

/** Secrets of order pages: never shown to anybody. */
export const plantedInPages = {
  password: 'PLANTEDpage/one+two=three~0123456789abcdef',
  hcaptchaSecret: 'PLANTEDcaptcha/one+two=three~0123456789abc',
};

/**
 * Makes pages with every secret that they can have, lets customers in and turns them away, and begins an order.
 *
 * @param team its address in the API
 * @returns tokens that were answered once, and the token of the status link, which its holders are shown again
 */
export const plantInOrders = async (
  call: Call,
  team: string,
  connectionId: string | undefined,
): Promise<{ shownOnce: string[]; statusToken: string }> => {
  const { password, hcaptchaSecret } = plantedInPages;
  const page = { connectionId, title: 'Order prints', challenge: 'none', access: 'password', password };
  const make = (name: string, changes: object) =>
    call('POST', `${team}/drops`, { ...page, ...changes, name }, { 'idempotency-key': name });
  const { status, body: drop } = await make('planted', {});
  expect(status).toBe(201);
  const guarded = { challenge: 'hcaptcha', hcaptchaSiteKey: 'site', hcaptchaSecret, access: 'open' };
  expect((await make('guarded', { ...guarded, password: undefined })).status).toBe(201);
  expect((await make('guarded', guarded)).status).toBeGreaterThanOrEqual(400);
  expect((await make('long', { password: password.repeat(9) })).status).toBe(400);
  for (const path of ['', '/forms']) await call('GET', `${team}/drops/${drop['id']}${path}`);
  await call('GET', `${team}/drops`);
  expect((await call('POST', `${team}/drops/${drop['id']}/clone`, { name: 'planted-again' })).status).toBe(
    201,
  );

  const pages = '/api/v1/order-pages';
  expect((await call('GET', `${pages}/planted`)).status).toBe(200);
  const start = (name: string, body: object) => call('POST', `${pages}/${name}/orders`, body);
  expect((await start('planted', { password: `${password}x` })).status).toBe(403);
  // The service repeats what it is sent, and is not believed.
  expect((await start('guarded', { proof: { hcaptchaResponse: 'good' } })).status).toBe(503);
  const { status: started, body: order } = await start('planted', { password });
  expect(started).toBe(201);
  const { orderToken = '', uploadToken = '', statusUrl = '' } = order;
  return { shownOnce: [orderToken, uploadToken], statusToken: statusUrl.split('/o/')[1] ?? '' };
};

/** What a customer does with the tokens: goes on, is refused, looks how the order stands, and gives up. */
export const useOrderTokens = async (
  call: Call,
  { shownOnce: [orderToken = '', uploadToken = ''], statusToken }: Awaited<ReturnType<typeof plantInOrders>>,
): Promise<void> => {
  const current = '/api/v1/orders/current';
  const own = { authorization: `Bearer ${orderToken}` };
  expect((await call('PATCH', current, { customer: { name: 'Zoë' } }, own)).status).toBe(200);
  expect((await call('POST', `${current}/submit`, { customer: { name: 'Zoë' } }, own)).status).toBe(400);
  expect((await call('GET', current, undefined, { authorization: `Bearer ${uploadToken}` })).status).toBe(
    404,
  );
  expect((await call('GET', `/api/v1/order-status/${statusToken}`)).status).toBe(200);
  expect((await call('GET', current, undefined, { authorization: `Bearer ${orderToken}x` })).status).toBe(
    401,
  );
  expect((await call('DELETE', current, undefined, own)).status).toBe(204);
  expect((await call('GET', current, undefined, own)).status).toBe(404);
};
