/**
 * The direction of dependencies (docs/architecture.md), checked on every run:
 * main -> compose -> app -> features/x/routes -> service -> store -> platform -> kernel, never up, no cycles.
 */
const server = '^apps/server/src';
const testFiles = '[.]test[.]tsx?$';
/** Tests and what only tests may use. */
const tests = `${testFiles}|^packages/bucket/src/testing/|^packages/images/src/operations/testing/`;

/** Only the places in `from` may import what `to` matches. */
const only = (name, comment, to, from) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^(apps|packages)/', pathNot: [...from, tests] },
  to: { path: to },
});

/** Folders of packages/policy, each with what lies above it: an entry of the package carries nothing of those. */
const policyLayers = [
  [
    '(calls|document|evaluate|facts|match|scenarios)/|index[.]ts',
    '(compare|cors|generate|jobs|lint|providers|reader|rules)/',
  ],
  ['(cors|generate|jobs|providers)/', '(compare|lint|reader|rules)/'],
  ['reader/', '(?!reader/)'],
  ['compare/', '(lint|reader|rules)/'],
  ['lint/', '(compare|rules)/'],
];

/** What `@windlass/images/parameters` is made of. */
const imageParameters =
  '^packages/images/src/(parameters/|plan/|url/(query|percent-decoding)[.]ts|bad-value[.]ts)';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      comment: 'A circle has no beginning to read from.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'nothing-unresolved',
      severity: 'error',
      comment: 'Every import names something that is there.',
      from: { pathNot: '^(tests|bench)/' },
      to: { couldNotResolve: true },
    },
    {
      name: 'kernel-is-a-leaf',
      severity: 'error',
      comment: 'The kernel knows the contract and nothing else of ours.',
      from: { path: `${server}/kernel`, pathNot: tests },
      to: { path: '^(apps|packages)/', pathNot: [`${server}/kernel`, '^packages/contract'] },
    },
    {
      name: 'platform-knows-no-product',
      severity: 'error',
      comment: 'Technology below, product words above.',
      from: { path: `${server}/platform`, pathNot: tests },
      to: { path: `${server}/(features|app[.]ts|compose|main[.]ts)` },
    },
    {
      name: 'features-by-their-front-door',
      severity: 'error',
      comment: 'One feature uses another only through its index.ts.',
      from: { path: `${server}/features/([^/]+)/`, pathNot: tests },
      to: {
        path: `${server}/features/([^/]+)/`,
        pathNot: [`${server}/features/$1/`, `${server}/features/[^/]+/index[.]ts$`],
      },
    },
    {
      name: 'features-never-up',
      severity: 'error',
      comment: 'What composes features is not known to them.',
      from: { path: `${server}/features/`, pathNot: tests },
      to: { path: `${server}/(app[.]ts|compose|main[.]ts)` },
    },
    {
      name: 'store-below-service-below-routes',
      severity: 'error',
      comment: 'A store calls no service, a service no route.',
      from: { path: `${server}/features/.*(store|service)[.]ts$` },
      to: { path: `${server}/features/.*routes[.]ts$` },
    },
    {
      name: 'stores-are-the-bottom-of-a-feature',
      severity: 'error',
      from: { path: `${server}/features/.*store[.]ts$` },
      to: { path: `${server}/features/.*service[.]ts$` },
    },
    only(
      'fastify-at-the-rim',
      'HTTP stays in routes and platform/http.',
      '(^|/)node_modules/(@fastify|fastify)',
      [
        `${server}/platform/http/`,
        `${server}/features/.*routes[.]ts$`,
        `${server}/features/[^/]+/index[.]ts$`,
        `${server}/(app|openapi)[.]ts$`,
        '^packages/bucket/',
      ],
    ),
    only('sql-in-stores', 'SQL stays in platform/db and stores.', '(^|/)node_modules/(kysely|pg)/', [
      `${server}/platform/db/`,
      `${server}/features/.*store[.]ts$`,
    ]),
    only('sharp-in-images', 'Pixels stay in packages/images.', '(^|/)node_modules/sharp/', [
      '^packages/images/',
    ]),
    only('aws-in-s3', 'The AWS SDK stays in platform/s3.', '(^|/)node_modules/(@aws-sdk|@smithy)/', [
      `${server}/platform/s3/`,
    ]),
    only(
      'tokens-by-jose',
      'Tokens are signed by our issuer and verified by the bucket.',
      '(^|/)node_modules/jose/',
      [`${server}/features/identity/`, '^packages/bucket/src/sts/'],
    ),
    only(
      'codemirror-in-the-editor',
      'Only who edits JSON loads an editor.',
      '(^|/)node_modules/(@codemirror|@lezer)/',
      ['^apps/web/src/ui/json-editor/'],
    ),
    {
      name: 'policies-stand-alone',
      severity: 'error',
      comment: 'The policy engine is published by itself: it imports nothing but its own files.',
      from: { path: '^packages/policy/src/', pathNot: tests },
      to: { pathNot: '^packages/policy/src/' },
    },
    only('nodemailer-in-mail', 'SMTP stays in platform/mail.', '(^|/)node_modules/nodemailer/', [
      `${server}/platform/mail/`,
    ]),
    only('pg-boss-in-jobs', 'The queue stays in platform/jobs.', '(^|/)node_modules/pg-boss/', [
      `${server}/platform/jobs/`,
    ]),
    {
      name: 'isomorphic-stays-isomorphic',
      severity: 'error',
      comment: 'The web app, the contract, policies, transfers and the SDK run in a browser.',
      from: { path: '^(apps/web/src|packages/(contract|policy|sdk|transfer)/src)', pathNot: tests },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'image-parameters-stay-light',
      severity: 'error',
      comment: 'The web app and the SDK read image parameters: no pixels, no keys, nothing from Node.',
      from: { path: imageParameters, pathNot: tests },
      to: { pathNot: imageParameters },
    },
    ...policyLayers.map(([layer, above]) => ({
      name: 'policy-entries-stay-light',
      severity: 'error',
      comment: 'Who evaluates loads no linter and no generator, who generates no linter.',
      from: { path: `^packages/policy/src/(?:${layer})`, pathNot: tests },
      to: { path: `^packages/policy/src/${above}` },
    })),
    {
      name: 'packages-know-no-app',
      severity: 'error',
      from: { path: '^packages/(?!cli/)' },
      to: { path: '^apps/' },
    },
    {
      name: 'shipped-code-knows-no-tests',
      severity: 'error',
      from: { path: '^(apps|packages)/', pathNot: tests },
      to: { path: [tests, '^(tests|bench)/'] },
    },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'A file that nothing imports is a leftover.',
      from: {
        orphan: true,
        path: '^(apps|packages)/',
        pathNot: [
          testFiles,
          '[.]d[.]ts$',
          'config[.](ts|js)$',
          `${server}/(main|openapi)[.]ts$`,
          '/bin/',
          // Pages name these in their HTML.
          '^apps/web/public/',
        ],
      },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Ours alone: many packages resolve into a dist of their own, and rules about them would see nothing.
    exclude: { path: '^(apps|packages)/[^/]+/dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    combinedDependencies: true,
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
    },
  },
};
