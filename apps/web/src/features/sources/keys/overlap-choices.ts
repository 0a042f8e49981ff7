/** How long the keys before a rotation may still be used, with what is lost. */
export const overlapChoices = [
  {
    seconds: 0,
    words: 'stop working at once',
    lost: 'Lost: every URL signed so far. For keys that have leaked.',
  },
  {
    seconds: 3600,
    words: 'work for 1 hour more',
    lost: 'Lost in an hour: every URL signed with the keys in use. Put the new ones to work before.',
  },
  {
    seconds: 86_400,
    words: 'work for 1 day more',
    lost: 'Lost in a day: every URL signed with the keys in use. Put the new ones to work before.',
  },
  {
    seconds: 604_800,
    words: 'work for 7 days more',
    lost: 'Lost in a week: every URL signed with the keys in use. Put the new ones to work before.',
  },
] as const;
