/** The views of the studio, as the address names them. */
export const studioViews = ['check', 'generate', 'compare', 'cors'] as const;
export type StudioView = (typeof studioViews)[number];
