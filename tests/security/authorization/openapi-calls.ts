import { readFile } from 'node:fs/promises';
import { z } from 'zod';

const parameter = z.looseObject({ name: z.string(), in: z.enum(['path', 'query', 'header']) });
const operation = z.looseObject({
  operationId: z.string(),
  security: z.array(z.unknown()).optional(),
  parameters: z.array(parameter).default([]),
  requestBody: z
    .object({
      content: z.object({
        'application/json': z.looseObject({ example: z.record(z.string(), z.unknown()) }),
      }),
    })
    .optional(),
});
const document = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), operation)) });

/** One call of the API as the OpenAPI document describes it. */
export interface DescribedCall {
  id: string;
  method: string;
  /** With `{name}` for each id. */
  path: string;
  isPublic: boolean;
  pathNames: string[];
  queryNames: string[];
  /** The document's own example, which its schema takes. */
  body: Record<string, unknown> | null;
  inTeam: boolean;
  /** `connections` of /teams/{teamId}/connections/…; null directly below the team. */
  noun: string | null;
}

/** Every call of the API in docs/api/openapi.json, which the checks keep equal to what the server serves. */
export const readCalls = async (): Promise<DescribedCall[]> => {
  const path = new URL('../../../docs/api/openapi.json', import.meta.url);
  const { paths } = document.parse(JSON.parse(await readFile(path, 'utf8')));
  // Pictures are another listener's, where nobody signs in.
  const ofTheApi = Object.entries(paths).filter(([at]) => at.startsWith('/api/'));
  return ofTheApi.flatMap(([at, methods]) =>
    Object.entries(methods).map(([method, described]) => {
      const names = (where: string): string[] =>
        described.parameters.filter((one) => one.in === where).map(({ name }) => name);
      return {
        id: described.operationId,
        method: method.toUpperCase(),
        path: at,
        isPublic: described.security?.length === 0,
        pathNames: names('path'),
        queryNames: names('query'),
        body: described.requestBody?.content['application/json'].example ?? null,
        inTeam: at.includes('/teams/{teamId}'),
        noun: /\/teams\/\{teamId\}\/([^/]+)/.exec(at)?.[1] ?? null,
      };
    }),
  );
};
