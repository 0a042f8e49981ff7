import { escapeHtml } from './escape-html.ts';

/** One mail as what it says; how it looks is of no concern to it. */
export interface Letter {
  /** One line. */
  subject: string;
  /** Above everything: the lab's title. */
  heading: string;
  /** `#rrggbb` */
  color: string;
  greeting: string;
  paragraphs: readonly string[];
  /** Names with what they are. */
  facts: readonly (readonly [name: string, value: string])[];
  files: {
    rows: readonly { name: string; size: string; hash: string; options: string }[];
    /** Files that are not among the rows. */
    more: number;
  } | null;
  link: { label: string; url: string };
  closing: string;
}

/** A mail has one subject line, whatever people call their pages (RFC 5322 2.1.1: 998 characters at most, 78 are read). */
export const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();

const moreFiles = (count: number): string =>
  count === 1 ? 'and one more' : `and ${count.toLocaleString('en')} more`;

/** For readers without HTML, and for whoever prints it. */
export const letterAsText = (letter: Letter): string => {
  const { files } = letter;
  const parts = [
    oneLine(letter.heading),
    letter.greeting,
    ...letter.paragraphs,
    letter.facts.map(([name, value]) => `${name}: ${value}`).join('\n'),
    `${letter.link.label}:\n${letter.link.url}`,
    files === null
      ? ''
      : [
          ...files.rows.map(({ name, size, hash, options }) =>
            [`${name}  ${size}`, options, hash]
              .filter((line) => line !== '')
              .map((line, at) => (at === 0 ? `- ${line}` : `  ${line}`))
              .join('\n'),
          ),
          ...(files.more === 0 ? [] : [moreFiles(files.more)]),
        ].join('\n'),
    letter.closing,
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
};

const text = 'font:16px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif;color:#1f2328';
const small = 'font-size:13px;color:#57606a';
const cell = 'padding:6px 12px 6px 0;vertical-align:top;border-bottom:1px solid #d8dee4';

const lines = (value: string): string => escapeHtml(value).replaceAll('\n', '<br>');
const paragraph = (value: string): string => `<p style="margin:0 0 16px">${lines(value)}</p>`;
const table = (rows: readonly string[]): string =>
  rows.length === 0
    ? ''
    : `<table role="presentation" style="border-collapse:collapse;margin:0 0 16px;${text}">${rows.join('')}</table>`;

/** Tables and styles on elements: what mail programs agree on. No picture, no font and no script is fetched from anywhere. */
export const letterAsHtml = (letter: Letter): string => {
  const { heading, color, greeting, paragraphs, facts, files, link, closing } = letter;
  const factRows = facts.map(
    ([name, value]) =>
      `<tr><td style="${cell};${small}">${lines(name)}</td><td style="${cell}">${lines(value)}</td></tr>`,
  );
  const fileRows = (files?.rows ?? []).map(({ name, size, hash, options }) => {
    const below = [options, hash].filter((line) => line !== '').map(lines);
    const details =
      below.length === 0
        ? ''
        : `<br><span style="${small};word-break:break-all">${below.join('<br>')}</span>`;
    return `<tr><td style="${cell}">${lines(name)}${details}</td><td style="${cell};white-space:nowrap;text-align:right">${lines(size)}</td></tr>`;
  });
  const more = files === null || files.more === 0 ? '' : paragraph(moreFiles(files.more));
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">',
    `<title>${lines(letter.subject)}</title></head><body style="margin:0;background:#f6f8fa">`,
    `<div style="max-width:640px;margin:0 auto;padding:24px;background:#ffffff;${text}">`,
    `<h1 style="margin:0 0 16px;padding:0 0 12px;font-size:20px;border-bottom:3px solid ${escapeHtml(color)}">${lines(oneLine(heading))}</h1>`,
    paragraph(greeting),
    ...paragraphs.map(paragraph),
    table(factRows),
    `<p style="margin:0 0 24px"><a href="${escapeHtml(link.url)}">${lines(link.label)}</a></p>`,
    table(fileRows),
    more,
    closing === '' ? '' : `<p style="margin:0;${small}">${lines(closing)}</p>`,
    '</div></body></html>',
  ].join('\n');
};
