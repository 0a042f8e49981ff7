import { parseQuery } from '@windlass/images';
import { isParameterName } from '@windlass/images/parameters';

interface Warning {
  /** Field of the source. */
  path: string;
  message: string;
}

const ignored = (path: string, where: string, query: string): Warning[] =>
  [...parseQuery(query).keys()].flatMap((name) => {
    if (!isParameterName(name)) {
      return [{ path, message: `${where} name ${name}, which is no parameter and does nothing.` }];
    }
    const idle = name === 'preset' && path !== 'defaultParameters';
    return idle ? [{ path, message: `${where} name another preset, which does nothing there.` }] : [];
  });

/**
 * What of a source's queries no picture will ever show. The URLs of strangers may hold any name, as imglab's clients
 * expect, but a `widht` that somebody saved is a slip of theirs.
 *
 * @param given as `requireSettings` takes it; what is left out is not looked at
 */
export const ignoredParameters = ({
  defaultParameters = '',
  presets = {},
}: {
  defaultParameters?: string | undefined;
  presets?: Readonly<Record<string, string>> | undefined;
}): Warning[] => [
  ...ignored('defaultParameters', 'The default parameters', defaultParameters),
  ...Object.entries(presets).flatMap(([name, query]) =>
    ignored(`presets.${name}`, `The parameters of preset ${name}`, query),
  ),
];
