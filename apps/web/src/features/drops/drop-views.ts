/** The parts of an order page's screen, as its address names them. */
export const dropViews = ['build', 'share', 'versions'] as const;
export type DropView = (typeof dropViews)[number];

export const dropViewWords = {
  build: 'Build',
  share: 'Share',
  versions: 'Versions and more',
} as const satisfies Record<DropView, string>;
