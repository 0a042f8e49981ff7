import { parseColor } from '../parameters/color.ts';

/** Gives the value as Pango is to see it; undefined: it does not take this one. */
type AttributeReader = (value: string) => string | undefined;

/** Largest `size` of a span, in points: what `text-size` takes too. */
const largestPoints = 2000;

const matching =
  (pattern: RegExp): AttributeReader =>
  (value) =>
    pattern.test(value) ? value : undefined;

/** Pango refuses the whole text for a colour that it does not know, so it only ever sees digits. */
const colorReader: AttributeReader = (value) => {
  try {
    const { red, green, blue } = parseColor('text', value.replace(/^#/, ''));
    return `#${[red, green, blue].map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
  } catch {
    return undefined;
  }
};

const sizeReader: AttributeReader = (value) => {
  if (/^(xx-small|x-small|small|medium|large|x-large|xx-large)$/.test(value)) return value;
  const points = /^(\d{1,4}(\.\d{1,2})?)(pt)?$/.test(value) ? Number.parseFloat(value) : 0;
  return points >= 1 && points <= largestPoints ? `${points}pt` : undefined;
};

const weightReader = matching(
  /^(thin|ultralight|light|semilight|book|normal|medium|semibold|bold|ultrabold|heavy|[1-9]\d\d|1000)$/,
);
const styleReader = matching(/^(normal|oblique|italic)$/);
const faceReader = matching(/^[A-Za-z0-9][A-Za-z0-9 -]{0,60}$/);

/** What a span may set: looks only, nothing that moves letters apart or off their line. */
const readers: Readonly<Record<string, AttributeReader>> = {
  size: sizeReader,
  font_size: sizeReader,
  face: faceReader,
  font_family: faceReader,
  weight: weightReader,
  font_weight: weightReader,
  style: styleReader,
  font_style: styleReader,
  variant: matching(/^(normal|smallcaps)$/),
  color: colorReader,
  foreground: colorReader,
  fgcolor: colorReader,
  background: colorReader,
  bgcolor: colorReader,
  alpha: matching(/^(\d{1,2}|100)%$/),
  underline: matching(/^(none|single|double|low|error)$/),
  underline_color: colorReader,
  strikethrough: matching(/^(true|false)$/),
  strikethrough_color: colorReader,
};

const attributePattern = /^\s+([a-z_]+)\s*=\s*(?:"([^"<>&]*)"|'([^'<>&]*)')/;

/**
 * The attributes of a `<span>` that are taken; others are left out. Null: this is no list of attributes.
 *
 * @example readSpanAttributes(' size="9pt" onload="x"') // [['size', '9pt']]
 */
export const readSpanAttributes = (text: string): readonly (readonly [string, string])[] | null => {
  const found = new Map<string, string>();
  let rest = text;
  while (rest.trim() !== '') {
    const [all, name = '', double, single] = attributePattern.exec(rest) ?? [];
    if (all === undefined) return null;
    const value = Object.hasOwn(readers, name) ? readers[name]?.(double ?? single ?? '') : undefined;
    if (value !== undefined) found.set(name, value);
    rest = rest.slice(all.length);
  }
  return [...found];
};

/** Points that a `size` stands for, next to letters of `around` points. */
export const pointsOf = (size: string, around: number): number => {
  const points = Number.parseFloat(size);
  // Pango's xx-large, 1.2 to the third.
  return Number.isNaN(points) ? around * 1.728 : points;
};
