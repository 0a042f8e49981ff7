import type { NamedRule, RuleList } from '../../../platform/s3/index.ts';
import { mergeRules, namedLike, recordedRules, sameRule } from '../merge-rules.ts';
import { cannot, json, type Step, type Workbench } from '../step.ts';

interface RulesOptions {
  kind: 'cors' | 'lifecycle';
  title: string;
  list: RuleList;
  /** Null where the provider has no such rules. */
  wanted: readonly NamedRule[] | null;
  /** What to do by hand where the provider has no such rules. */
  instead: string;
  /** Why nothing is needed, where nothing is. */
  needless: string;
}

/**
 * Rules that S3 writes as a whole list: ours are merged into it by their names, all others stay as they are (S3 API:
 * PutBucketCors and PutBucketLifecycleConfiguration replace what is there).
 */
const rulesStep = ({ connection, wanted, records }: Workbench, options: RulesOptions): Step => {
  const { kind, title, list, instead, needless } = options;
  const name = connection.bucket;
  return {
    kind,
    title,
    name,
    look: async (signal) => {
      if (options.wanted === null)
        return cannot(name, `${wanted.providerName} keeps no such rules for a bucket. ${instead}`);
      const there = await list.read(signal);
      const found = { name, document: json(options.wanted), there };
      const ours = options.wanted;
      if (ours.length === 0) return { ...found, action: 'keep', detail: needless, document: null };
      if (ours.every((rule) => there.some((one) => one.ID === rule.ID && sameRule(one, rule))))
        return { ...found, action: 'keep', detail: 'The rules are there.' };
      const others = there.length - namedLike(there, ours).length;
      const stay =
        others === 0
          ? ''
          : ` ${others === 1 ? 'One other rule stays' : `${others} other rules stay`} as ${others === 1 ? 'it is' : 'they are'}.`;
      return namedLike(there, ours).length === 0
        ? { ...found, action: 'create', detail: `They are added.${stay}` }
        : {
            ...found,
            action: 'update',
            detail: `Rules of these names say something else and are replaced.${stay}`,
          };
    },
    carryOut: async (_, signal) => {
      const ours = options.wanted ?? [];
      // Read again: whatever came in meanwhile stays.
      const there = await list.read(signal);
      await list.write(mergeRules(there, ours), signal);
      const before = namedLike(there, ours);
      // Rules of a job that was dropped meanwhile are still to be undone.
      const earlier = recordedRules.parse((await records.find(kind, name))?.after ?? []);
      await records.keep(kind, name, { made: before.length === 0, before, after: mergeRules(earlier, ours) });
      return 'Written.';
    },
  };
};

export const corsStep = (bench: Workbench): Step =>
  rulesStep(bench, {
    kind: 'cors',
    title: 'CORS rules',
    list: bench.bucket.cors,
    wanted: bench.wanted.cors,
    instead: 'Where pages are to read or upload, allow their origins in the settings of the server.',
    needless: 'No job of this connection is done from a page.',
  });

export const lifecycleStep = (bench: Workbench): Step =>
  rulesStep(bench, {
    kind: 'lifecycle',
    title: 'Lifecycle rules',
    list: bench.bucket.lifecycle,
    wanted: bench.wanted.lifecycle,
    instead:
      'Nothing need be done for uploads to work; abort abandoned ones now and then, or by a setting of the provider’s own.',
    needless: 'No job of this connection uploads.',
  });
