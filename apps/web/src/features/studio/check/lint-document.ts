import { lintPolicy, type Finding } from '@windlass/policy';
import type { CheckState, StudioDocument } from '../state/studio-state.ts';
import { isTooLong } from '../state/too-long.ts';

/** What is found in a document, with what the request says about where it is used. */
export const lintDocument = ({ kind, text }: StudioDocument, { provider, request }: CheckState): Finding[] =>
  isTooLong(text)
    ? []
    : lintPolicy(text, {
        kind,
        provider,
        ...(/^\d{12}$/.test(request.account) && { accountId: request.account }),
        ...(kind === 'bucket' && request.bucket !== '' && { bucket: request.bucket }),
      });
