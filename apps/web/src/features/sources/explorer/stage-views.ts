/** What the stage shows: the picture, the picture beside another, or the original to cut a region out of. */
export const stageViews = ['result', 'original', 'before', 'region'] as const;
export type StageView = (typeof stageViews)[number];

export const stageViewWords = {
  result: 'Result',
  original: 'Against the original',
  before: 'Against the last settings',
  region: 'Select a region',
} as const satisfies Record<StageView, string>;
