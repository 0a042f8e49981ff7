import sharp from 'sharp';
import type { Color } from '../parameters/color.ts';
import type { Size } from '../plan/geometry.ts';
import { valueOr } from '../plan/parameter-defaults.ts';
import type { PictureValues } from '../parameters/parameters.ts';
import { RenderError } from '../render/render-error.ts';
import { layerOn } from './layers.ts';
import type { Operation } from './operation.ts';
import type { RawPicture } from './stages.ts';
import { isBoxFarTooLarge, markupOf, maxTextPixels, mostTextPixels, textBox } from './text-extent.ts';
import type { TextMarkup } from './text-markup.ts';

/** The package that comes along; other fonts of the machine fill in for letters that it lacks. */
const family = 'DejaVu Sans';

/** With it a point is a pixel. */
const dotsPerInch = 72;

const hex = (channel: number): string => channel.toString(16).padStart(2, '0');

const styled = (markup: string, color: Color, weight: number): string => {
  const foreground = `#${hex(color.red)}${hex(color.green)}${hex(color.blue)}`;
  // Pango takes no alpha of nothing; who asks for it sees next to nothing.
  const alpha = `${Math.max(1, Math.round((color.alpha / 255) * 100))}%`;
  return `<span foreground="${foreground}" alpha="${alpha}" font_weight="${weight}">${markup}</span>`;
};

const refuseHuge = (markup: TextMarkup, box: Size, values: PictureValues, picture: Size): void => {
  if (box.height > 0) {
    if (!isBoxFarTooLarge(box, picture)) return;
    throw new RenderError(
      'bad-value',
      `text-width and text-height are far larger than the picture, which is ${picture.width} x ${picture.height} pixels`,
    );
  }
  if (mostTextPixels(markup, valueOr(values, 'text-break') ? box.width : 0) > maxTextPixels) {
    throw new RenderError(
      'bad-value',
      'text is too large: take fewer letters, a smaller text-size or a text-width',
    );
  }
};

const drawText = async (markup: TextMarkup, box: Size, values: PictureValues): Promise<RawPicture> => {
  const breaks = valueOr(values, 'text-break');
  const fitted = box.height > 0;
  const { data, info } = await sharp({
    text: {
      text: styled(markup.markup, valueOr(values, 'text-color'), valueOr(values, 'text-weight')),
      font: `${family} ${valueOr(values, 'text-size')}`,
      rgba: true,
      wrap: breaks ? 'word' : 'none',
      ...(box.width > 0 && (breaks || fitted) ? { width: box.width } : {}),
      ...(fitted ? { height: box.height } : { dpi: dotsPerInch }),
    },
    limitInputPixels: false,
  })
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
};

const cropped = async (picture: RawPicture, box: Size): Promise<RawPicture> => {
  const width = box.width === 0 ? picture.width : Math.min(box.width, picture.width);
  const height = box.height === 0 ? picture.height : Math.min(box.height, picture.height);
  if (width === picture.width && height === picture.height) return picture;
  const { data, channels } = picture;
  const cut = sharp(data, {
    raw: { width: picture.width, height: picture.height, channels },
    limitInputPixels: false,
  });
  return {
    data: await cut.extract({ left: 0, top: 0, width, height }).raw().toBuffer(),
    width,
    height,
    channels,
  };
};

/** Writes over the picture, from its upper left corner. */
export const text: Operation = {
  name: 'text',
  order: 130,
  parameters: [
    'text',
    'text-width',
    'text-height',
    'text-size',
    'text-break',
    'text-padding',
    'text-color',
    'text-weight',
    'text-x',
    'text-y',
  ],
  applies: ({ values }) => values.text !== undefined,
  apply: async (picture, { plan, limits }) => {
    const { values } = plan;
    const markup = markupOf(values);
    if (markup === null) return picture;
    const box = textBox(values, limits.maxOutputSide);
    refuseHuge(markup, box, values, picture);
    const drawn = await cropped(await drawText(markup, box, values), box);
    const padding = valueOr(values, 'text-padding');
    return layerOn(picture, drawn, {
      left: padding + valueOr(values, 'text-x'),
      top: padding + valueOr(values, 'text-y'),
    });
  },
};
