import { type Command, Option } from 'commander';
import { parameterGroups } from '@windlass/images/parameters';
import { examples, type CommandOutput } from '../command-output.ts';
import { addParameterOptions } from './parameter-options.ts';
import type { PurgeOptions } from './run-purge.ts';
import type { RenderOptions } from './run-render.ts';
import type { UrlOptions } from './run-url.ts';

const server = (): Option =>
  new Option('--url <URL>', 'address of the server').env('WINDLASS_URL').default('http://localhost:7400');
const json = (): Option => new Option('--json', 'print one JSON document');

/** `windlass image …`: URLs of pictures, pictures without a server, and what caches hold. */
export const defineImageCommands = (program: Command, output: CommandOutput): void => {
  const image = program
    .command('image')
    .description('build URLs of pictures, render files here, throw cached pictures away')
    .addHelpText(
      'after',
      examples(
        'windlass image url photos cats/tom.jpg --width 600 --format auto',
        'windlass image render tom.jpg --width 600 -o tom.webp',
        'windlass image purge photos --path cats/tom.jpg',
      ),
    );

  const url = image
    .command('url')
    .description('print the URL of a picture, signed where the source is secured')
    .argument('<source>', 'the name of the source')
    .argument('<path>', 'the path of the picture below the source')
    .addOption(server())
    .option('--host <HOST>', 'build the URL here, for this host (with :port), instead of asking a server')
    .option('--http', 'with --host: http instead of https')
    .option('--subdomains', 'with --host: name.host/path instead of host/name/path')
    .option(
      '--srcset [WIDTHS]',
      'print a srcset: of widths as 320,640,1280 or 320-1920; alone, as the SDK does',
    )
    .option('--expires-in <TIME>', 'the URL stops working after this time: 30m, 12h, 7d')
    .addOption(json());
  addParameterOptions(url);
  url
    .addHelpText(
      'after',
      `\nA server is asked with WINDLASS_API_KEY, an API key with the scopes team:read and sources:read.\nWith --host nobody is asked: WINDLASS_SECURE_KEY and WINDLASS_SECURE_SALT sign the URL.\n${examples(
        'windlass image url photos cats/tom.jpg --width 600 --format auto',
        'windlass image url photos cats/tom.jpg --srcset 320-1920 --format webp',
        'windlass image url photos cats/tom.jpg --host images.example.com --expires-in 7d',
      )}`,
    )
    .action(async (source: string, path: string, options: UrlOptions) => {
      const { runUrl } = await import('./run-url.ts');
      process.exitCode = await runUrl(source, path, options, process.env, output);
    });

  const render = image
    .command('render')
    .description('make pictures of files with the parameters of the Images API; no server is needed')
    .argument('<files...>', 'pictures')
    .requiredOption(
      '-o, --output <PATH>',
      'the file to write, a folder for several, or - for standard output',
    )
    .option('--force', 'replace files that are in the output folder already')
    .addOption(json());
  addParameterOptions(
    render,
    parameterGroups.filter((group) => group !== 'delivery'),
  );
  render
    .addHelpText(
      'after',
      `\nThe format follows from the name of the output where --format is not given. Overlays name files.\n${examples(
        'windlass image render tom.jpg --width 600 -o tom.webp',
        'windlass image render *.jpg --width 300 --height 300 --mode crop --crop attention --format avif -o thumbs/',
        'windlass image render tom.jpg --format json -o -',
      )}`,
    )
    .action(async (files: string[], options: RenderOptions) => {
      const { runRender } = await import('./run-render.ts');
      process.exitCode = await runRender(files, options, output);
    });

  image
    .command('purge')
    .description('throw cached pictures of a source away, on every server')
    .argument('<source>', 'the name of the source')
    .addOption(server())
    .option('--all', 'everything of the source')
    .option('--path <PATH>', 'every picture of one original')
    .option('--prefix <PREFIX>', 'every picture of originals whose path starts so')
    .option('--tag <TAG>', 'every picture that was asked for with this tag')
    .addOption(json())
    .addHelpText(
      'after',
      `\nWINDLASS_API_KEY holds an API key of the source's team with the scopes team:read, sources:read and sources:write.\n${examples(
        'windlass image purge photos --path cats/tom.jpg',
        'windlass image purge photos --prefix cats/',
        'windlass image purge photos --all',
      )}`,
    )
    .action(async (source: string, options: PurgeOptions) => {
      const { runPurge } = await import('./run-purge.ts');
      process.exitCode = await runPurge(source, options, process.env['WINDLASS_API_KEY'], output);
    });
};
