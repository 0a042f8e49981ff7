/** The four tones in which every state is shown; `attention` is the one warm colour. */
export const tones = ['ok', 'missing', 'attention', 'unknown'] as const;
export type Tone = (typeof tones)[number];
