import { RenderError } from '../render/render-error.ts';

/** A part of a drawing that others can show again: elements of its own, parts inside it, and parts that it shows. */
interface Part {
  elements: number;
  inside: Part[];
  shows: string[];
  /** Elements drawn when it is shown once; undefined while it is being counted. */
  total?: number | undefined;
}

export interface SvgReferences {
  open(id: string | undefined, shows: readonly string[]): void;
  close(): void;
  /** @throws RenderError too-large */
  check(): void;
}

/** librsvg stops at 500,000 by itself, after five seconds. */
const maxDrawnElements = 100_000;
/** Deeper than anybody draws, and than the stack of a renderer ends. */
const maxDepth = 200;

const tooMany = (): never => {
  throw new RenderError('too-large', `This SVG draws more than ${maxDrawnElements} elements by reference`);
};

/**
 * Counts what a drawing comes to when `use`, patterns, masks and markers are followed: ten that show ten others, nine
 * times over, are a billion elements in a kilobyte.
 */
export const createSvgReferences = (): SvgReferences => {
  const root: Part = { elements: 0, inside: [], shows: [] };
  const byId = new Map<string, Part>();
  const open: Part[] = [];

  /** What is shown beyond the elements that the file has anyway. */
  const count = (part: Part, depth: number): number => {
    if (part.total !== undefined) return part.total;
    if (depth > maxDepth) return tooMany();
    // One that shows itself is refused by librsvg; here it must only end.
    part.total = 0;
    let total = part.elements;
    for (const inner of part.inside) total += count(inner, depth + 1);
    for (const id of part.shows) {
      const shown = byId.get(id);
      if (shown !== undefined) total += count(shown, depth + 1);
    }
    part.total = total;
    return total;
  };

  return {
    open: (id, shows) => {
      const around = open.at(-1) ?? root;
      let part = around;
      if (id !== undefined) {
        part = { elements: 0, inside: [], shows: [] };
        around.inside.push(part);
        if (!byId.has(id)) byId.set(id, part);
      }
      part.elements += 1;
      part.shows.push(...shows);
      open.push(part);
    },
    close: () => {
      open.pop();
    },
    check: () => {
      const own = [root, ...byId.values()].reduce((sum, { elements }) => sum + elements, 0);
      if (count(root, 0) - own > maxDrawnElements) tooMany();
    },
  };
};
