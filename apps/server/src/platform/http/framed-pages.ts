import type { FastifyInstance, FastifyReply } from 'fastify';
import { framedPagePolicy } from './security-headers.ts';

/** How one address of a page may be shown. */
export interface Framing {
  /** Origins whose pages may show it in a frame; null: any. */
  ancestors: readonly string[] | null;
  /** Others whose scripts, styles and frames it shows, e.g. `https://hcaptcha.com`. */
  services: readonly string[];
}

interface FramedPagesOptions {
  /** The document, below the web app's folder. */
  file: string;
  /** Fastify's form; each has one parameter. */
  addresses: readonly string[];
  /** True where the public address is https. */
  https: boolean;
  /** Null where there is nothing at this address: the document then says so, in no frame. */
  framingOf(address: string, parameter: string): Promise<Framing | null>;
}

const framed = (framing: Framing | null): boolean => framing !== null && framing.ancestors?.length !== 0;

/**
 * Addresses of a document that other sites may show in a frame, each with a policy of its own. Every other page stays
 * unframed, and so does the API.
 */
export const registerFramedPages = (app: FastifyInstance, options: FramedPagesOptions): void => {
  for (const address of options.addresses) {
    app.get<{ Params: Record<string, string> }>(address, async ({ params }, reply): Promise<FastifyReply> => {
      const framing = await options.framingOf(address, Object.values(params)[0] ?? '');
      const shown = framing ?? { ancestors: [], services: [] };
      // Of two headers that say who may frame a page, older browsers mind this one, which knows no list.
      if (framed(framing)) reply.removeHeader('x-frame-options');
      return reply
        .header('content-security-policy', framedPagePolicy(shown, options))
        .header('permissions-policy', 'camera=(self), geolocation=(), microphone=()')
        .sendFile(options.file);
    });
  }
};
