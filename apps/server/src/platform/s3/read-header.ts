import type { ListObjectsV2Command } from '@aws-sdk/client-s3';

/** A header of a successful answer, of which the SDK's results have only some. */
export const readHeader = (
  command: ListObjectsV2Command,
  name: string,
  found: (value: string) => void,
): void => {
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { response } = result;
      if (typeof response === 'object' && response !== null && 'headers' in response) {
        // Smithy's HttpResponse: lower-case names to texts.
        const value = (response.headers as Record<string, string | undefined>)[name];
        if (value !== undefined) found(value);
      }
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'windlassReadHeader' },
  );
};
