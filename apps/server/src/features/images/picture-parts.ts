import {
  canonicalPlan,
  nestingProblem,
  overlayNames,
  parsePlan,
  parseTarget,
  verifySignature,
  type ClientFacts,
  type ImageTarget,
  type NestedTarget,
  type OverlayName,
  type Plan,
  type PlanSettings,
} from '@windlass/images';
import {
  overlaySettingsOf,
  planSettingsOf,
  type Origin,
  type ResolvedSource,
  type ResolveSource,
  type SetBy,
} from '../sources/index.ts';
import type { PicturePart } from './picture-part.ts';
import { aboutOverlay, Refusal } from './refusal.ts';

export interface PicturePartsDeps {
  resolveSource: ResolveSource;
  openOrigin(source: ResolvedSource): Promise<Origin>;
  /** `images.example.com` turns host-label mode on. */
  imagesHost: string | null;
  /** Milliseconds of the epoch. */
  now(): number;
}

/** What of a request names a picture. */
export interface PictureAddress {
  /** Raw request target, one character a byte. */
  target: string;
  host: string | undefined;
  client: ClientFacts;
}

export interface PictureParts {
  /**
   * The picture that a request names, with all that is drawn over it: sources found, signatures verified, plans made.
   *
   * @throws {Refusal} 403 and 404; {BadValue} where a parameter cannot be used
   */
  read(address: PictureAddress): Promise<PicturePart>;
  /** The same plan for another path of the same source, without overlays: for fallback pictures. */
  elsewhere(part: PicturePart, path: string): PicturePart;
}

/** S3: a key has at most 1,024 bytes. */
const maxKeyBytes = 1024;

const checkSignature = (target: ImageTarget, source: ResolvedSource): void => {
  if (source.signingKeys.length === 0) return;
  const keys = source.signingKeys.map(({ secureKey, secureSalt }) => ({
    secureKey: secureKey.reveal(),
    secureSalt: secureSalt.reveal(),
  }));
  // imglab words missing and wrong the same way; a caller learns nothing from the difference that the URL does not show.
  if (verifySignature(target, keys) !== 'valid') throw new Refusal(403, 'Invalid signature');
};

const keyOf = (source: ResolvedSource, path: string): string => {
  const key = `${source.prefix}${path}`;
  if (path === '' || Buffer.byteLength(key) > maxKeyBytes) throw new Refusal(404, 'No such picture');
  return key;
};

/**
 * What an overlay's own query comes to depends on its source's presets and limits. The plan around it tells the outcome,
 * so that pictures are told apart by it, and another preset makes another picture.
 */
const withPlansOf = (plan: Plan, overlays: readonly PicturePart[]): Plan => {
  const values = { ...plan.values };
  for (const { parameter, plan: inner } of overlays) {
    const nested = parameter === null ? undefined : values[parameter];
    if (parameter === null || nested === undefined) continue;
    const path = nested.text.replace(/\?.*/s, '');
    values[parameter] = { ...nested, text: `${path}?${canonicalPlan(inner)}` };
  }
  return { ...plan, values };
};

/** Turns raw request targets into what is to be rendered. */
export const createPictureParts = ({
  resolveSource,
  openOrigin,
  imagesHost,
  now,
}: PicturePartsDeps): PictureParts => {
  const findSource = async (name: string): Promise<ResolvedSource> => {
    const source = await resolveSource(name);
    if (source === null) throw new Refusal(404, 'No such source');
    return source;
  };

  const planOf = (
    target: ImageTarget,
    source: ResolvedSource,
    settings: PlanSettings,
    client?: ClientFacts,
  ): Plan => {
    const plan = parsePlan(target.rawQuery, settings, client);
    // Without a signature anybody could take it off again, so it only counts with one.
    const expires = source.signingKeys.length === 0 ? null : plan.expires;
    if (expires !== null && Math.floor(now() / 1000) >= expires) {
      throw new Refusal(403, 'This URL has expired');
    }
    return { ...plan, expires };
  };

  interface Nest {
    depth: number;
    /** Pictures so far; shared by the whole tree. */
    count: { pictures: number };
    /** What a source itself wrote is free of its rules, and so is all that stands in it. */
    setBy: SetBy;
  }

  const overlaysOf = async (plan: Plan, source: ResolvedSource, nest: Nest): Promise<PicturePart[]> => {
    const parts: PicturePart[] = [];
    for (const name of overlayNames) {
      const nested = plan.values[name];
      if (nested === undefined) continue;
      const setBy = plan.sourceOverlays.includes(name) ? 'source' : nest.setBy;
      parts.push(await aboutOverlay(name, () => overlay(name, nested, source, { ...nest, setBy })));
    }
    return parts;
  };

  const overlay = async (
    parameter: OverlayName,
    nested: NestedTarget,
    outer: ResolvedSource,
    nest: Nest,
  ): Promise<PicturePart> => {
    const { depth, count, setBy } = nest;
    count.pictures += 1;
    const problem = nestingProblem(depth, count.pictures);
    if (problem !== null) throw new Refusal(400, problem);
    // A bare path is one of the source around it, whose name is a slug and needs no escapes.
    const rawTarget = nested.host === null ? `/${outer.name}${nested.target}` : nested.target;
    const target = parseTarget({
      target: rawTarget,
      host: nested.host ?? undefined,
      imagesHost: imagesHost ?? undefined,
    });
    const source = target.source === outer.name ? outer : await findSource(target.source);
    // What is not the team's own does not exist for it.
    if (source.teamId !== outer.teamId) throw new Refusal(404, 'No such source');
    // A bare path is covered by the signature around it; an absolute URL stands for itself.
    if (nested.host !== null) checkSignature(target, source);
    // It is drawn the same whatever the client shows, so it is planned for none.
    const plan = planOf(target, source, overlaySettingsOf(source, setBy));
    return part(parameter, target.path, source, plan, { ...nest, depth: depth + 1 });
  };

  const part = async (
    parameter: OverlayName | null,
    path: string,
    source: ResolvedSource,
    plan: Plan,
    nest: Nest,
  ): Promise<PicturePart> => {
    const key = keyOf(source, path);
    const overlays = await overlaysOf(plan, source, nest);
    const origin = await openOrigin(source);
    return { parameter, source, origin, path, key, plan: withPlansOf(plan, overlays), overlays };
  };

  return {
    read: async ({ target: rawTarget, host, client }) => {
      const target = parseTarget({ target: rawTarget, host, imagesHost: imagesHost ?? undefined });
      const source = await findSource(target.source);
      checkSignature(target, source);
      const plan = planOf(target, source, planSettingsOf(source), client);
      const nest: Nest = { depth: 0, count: { pictures: 0 }, setBy: 'request' };
      return part(null, target.path, source, plan, nest);
    },
    elsewhere: (original, path) => {
      const values = { ...original.plan.values };
      for (const name of overlayNames) delete values[name];
      const plan = { ...original.plan, values };
      return { ...original, path, key: keyOf(original.source, path), plan, overlays: [] };
    },
  };
};
