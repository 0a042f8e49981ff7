/** The parts of a source's page, each with an address of its own. */
export const sourceViews = ['explore', 'cache', 'settings'] as const;
export type SourceView = (typeof sourceViews)[number];

export const sourceViewWords = {
  explore: 'Explore',
  cache: 'Usage and cache',
  settings: 'Settings',
} as const satisfies Record<SourceView, string>;
