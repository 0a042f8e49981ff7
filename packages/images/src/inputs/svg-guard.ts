import type { RenderLimits } from '../render/job.ts';
import { RenderError } from '../render/render-error.ts';
import { sniff } from '../render/sniff.ts';
import { checkPixels } from './guards.ts';
import { peekHeader } from './peek-header.ts';
import { scanXml } from './scan-xml.ts';
import { createSvgReferences } from './svg-references.ts';

const refuse = (what: string): never => {
  throw new RenderError('not-an-image', `This SVG ${what}`);
};

const localName = (name: string): string => name.slice(name.indexOf(':') + 1).toLowerCase();

const embeddedImage = /^data:image\/(?:png|jpe?g);base64,([\sA-Za-z0-9+/=]*)$/i;

/** Pixels of pictures that are written into the drawing: librsvg decodes them whole. */
const checkEmbedded = (href: string, limits: RenderLimits): void => {
  const base64 = embeddedImage.exec(href)?.[1];
  if (base64 === undefined) return refuse('refers to something outside itself');
  const bytes = Buffer.from(base64, 'base64');
  const format = sniff(bytes);
  const facts = format === 'png' || format === 'jpeg' ? peekHeader(bytes, bytes.length) : null;
  if (facts === null) return refuse('holds a picture that cannot be read');
  return checkPixels(facts, 1, limits);
};

/** Every `url()` of CSS must stay inside, and an escape could hide one. */
const checkCss = (css: string): void => {
  if (/@import/i.test(css)) refuse('imports a style sheet');
  if (/url\(\s*["']?\s*(?![\s"'#])/i.test(css)) refuse('refers to something outside itself');
};

const checkStyle = (css: string): void => {
  if (css.includes('\\')) refuse('has escapes in its style, which are not read');
  checkCss(css);
};

const shownBy = (name: string, attributes: ReadonlyMap<string, string>): string[] => {
  const shown: string[] = [];
  for (const [key, value] of attributes) {
    // A gradient that takes another's colours draws nothing more by that.
    if (localName(key) === 'href' && value.startsWith('#') && !name.endsWith('gradient'))
      shown.push(value.slice(1));
    for (const [, id = ''] of value.matchAll(/url\(\s*["']?\s*#([^"')\s]+)/gi)) shown.push(id);
  }
  return shown;
};

const checkAttribute = (element: string, key: string, value: string, limits: RenderLimits): void => {
  const name = localName(key);
  if (key.toLowerCase() === 'xml:base') refuse('sets a base for its references');
  // Where a link leads is nobody's business here: nothing is ever followed.
  if (
    (name === 'href' || name === 'src') &&
    element !== 'a' &&
    value.trim() !== '' &&
    !value.startsWith('#')
  ) {
    checkEmbedded(value.trim(), limits);
    return;
  }
  if (name === 'style') checkStyle(value);
  else checkCss(value);
};

/**
 * Refuses what a drawing must not have: entities, references to anything outside itself, style sheets from elsewhere,
 * pictures beyond the limits, and drawings that come to more than they look. Scripts stay: an SVG is only ever
 * rasterised, and librsvg runs none. librsvg, given bytes without an address, follows no reference either; this says
 * no earlier, and in words.
 *
 * @throws RenderError not-an-image or too-large
 */
export const checkSvg = (text: string, limits: RenderLimits): void => {
  const references = createSvgReferences();
  const open: string[] = [];
  for (const part of scanXml(text)) {
    switch (part.kind) {
      case 'text':
        if (open.at(-1) === 'style') checkStyle(part.text);
        break;
      case 'close':
        if (open.pop() === undefined) refuse('is not well-formed XML');
        references.close();
        break;
      case 'open': {
        const name = localName(part.name);
        // XInclude, which librsvg knows, and a filter that fetches.
        if (name === 'include' || name === 'feimage') refuse(`has the element ${name}, which is not drawn`);
        for (const [key, value] of part.attributes) checkAttribute(name, key, value, limits);
        references.open(
          part.attributes.get('id') ?? part.attributes.get('xml:id'),
          shownBy(name, part.attributes),
        );
        if (part.empty) references.close();
        else open.push(name);
        break;
      }
    }
  }
  if (open.length > 0) refuse('is cut off');
  references.check();
};
