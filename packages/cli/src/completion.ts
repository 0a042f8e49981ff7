import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

interface Words {
  /** The commands that lead here, e.g. `completion`; empty at the top. */
  path: string;
  commands: { name: string; description: string }[];
  options: { flag: string; description: string; takesValue: boolean; takesFile: boolean }[];
  /** The command is given files. */
  takesFiles: boolean;
}

/** Placeholders of flags that name a file or folder. */
const fileFlag = /^--[a-z-]+ <(?:FILE|DIRECTORY|DIR|PATH)>$/;
const alwaysFiles = ['--data', '--ready-file'];

/** Flags after which file names are offered, as a case pattern of a shell. */
const fileFlags = (levels: readonly Words[]): string =>
  [
    ...new Set([
      ...alwaysFiles,
      ...levels.flatMap(({ options }) =>
        options.filter(({ takesFile }) => takesFile).map(({ flag }) => flag),
      ),
    ]),
  ].join('|');

/** A script for one shell, made out of the program itself: it never lags behind. */
export const completionScript = (shell: Shell, program: Command): string => {
  const levels = collectWords(program, []);
  switch (shell) {
    case 'bash':
      return bashScript(levels);
    case 'zsh':
      return zshScript(levels);
    case 'fish':
      return fishScript(levels);
  }
};

const collectWords = (command: Command, path: string[]): Words[] => {
  const help = command.createHelp();
  const commands = help.visibleCommands(command);
  return [
    {
      path: path.join(' '),
      commands: commands.map((one) => ({ name: one.name(), description: one.description() })),
      options: help.visibleOptions(command).map((option) => ({
        flag: option.long ?? option.flags,
        description: option.description,
        takesValue: option.required,
        takesFile: fileFlag.test(option.flags),
      })),
      takesFiles: command.registeredArguments.length > 0,
    },
    ...commands
      .filter((one) => one.name() !== 'help')
      .flatMap((one) => collectWords(one, [...path, one.name()])),
  ];
};

const allWords = ({ commands, options }: Words): string =>
  [...commands.map(({ name }) => name), ...options.map(({ flag }) => flag)].join(' ');

/** The commands among the words typed so far, in a shell that is close to sh. */
const pathLoop = (words: string): string => `  local typed="" word
  for word in ${words}; do
    case "$word" in -*) ;; *) typed="\${typed:+$typed }$word" ;; esac
  done`;

const bashScript = (levels: Words[]): string => `# bash completion of windlass
_windlass() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" words="" files=""
${pathLoop('"${COMP_WORDS[@]:1:COMP_CWORD-1}"')}
  case "$previous" in
    ${fileFlags(levels)}) COMPREPLY=($(compgen -f -- "$current")); return ;;
  esac
  case "$typed" in
${levels.map((level) => `    "${level.path}"${level.path === '' || level.commands.length > 0 ? '' : '*'}) words="${allWords(level)}"${level.takesFiles ? '; files=yes' : ''} ;;`).join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current") \${files:+$(compgen -f -- "$current")})
}
complete -F _windlass windlass
`;

const zshScript = (levels: Words[]): string => `#compdef windlass
_windlass() {
  local -a entries
${pathLoop('"${(@)words[2,CURRENT-1]}"')}
  case "\${words[CURRENT-1]}" in
    ${fileFlags(levels)}) _files; return ;;
  esac
  case "$typed" in
${levels.map((level) => `    "${level.path}"${level.path === '' || level.commands.length > 0 ? '' : '*'}) entries=(${zshEntries(level)})${level.takesFiles ? '; _files' : ''} ;;`).join('\n')}
  esac
  _describe windlass entries
}
_windlass "$@"
`;

const zshEntries = ({ commands, options }: Words): string =>
  [
    ...commands.map(({ name, description }) => [name, description]),
    ...options.map(({ flag, description }) => [flag, description]),
  ]
    .map(([word = '', description = '']) => quote(`${word}:${description.replaceAll(':', '\\:')}`))
    .join(' ');

const fishScript = (levels: Words[]): string =>
  `# fish completion of windlass\ncomplete -c windlass -f\n${levels.flatMap(fishLines).join('\n')}\n`;

const fishLines = ({ path, commands, options, takesFiles }: Words): string[] => {
  const here =
    path === ''
      ? '__fish_use_subcommand'
      : path
          .split(' ')
          .map((word) => `__fish_seen_subcommand_from ${word}`)
          .join('; and ');
  const start = `complete -c windlass -n ${quote(here)}`;
  return [
    ...(takesFiles ? [`${start} -F`] : []),
    ...commands.map(({ name, description }) => `${start} -a ${name} -d ${quote(description)}`),
    ...options.map(
      ({ flag, description, takesValue, takesFile }) =>
        `${start} -l ${flag.replace(/^--/, '')}${takesValue ? ' -r' : ''}${takesFile ? ' -F' : ''} -d ${quote(description)}`,
    ),
  ];
};

const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
