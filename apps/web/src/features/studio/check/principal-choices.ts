/** Who may be tried, to choose from and to change. */
export const principalChoices = (account: string): string[] => [
  `arn:aws:iam::${account}:user/uploader`,
  `arn:aws:sts::${account}:assumed-role/windlass/session`,
  `arn:aws:iam::${account}:root`,
  'arn:aws:iam::444455556666:user/from-another-account',
  'cloudfront.amazonaws.com',
  '*',
];
