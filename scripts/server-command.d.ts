/** How the server is started from that file, without its settings. */
export const serverArguments: (file: string) => string[];
/** The environment that the server is started in. */
export const serverEnvironment: (
  env: Record<string, string | undefined>,
) => Record<string, string | undefined>;
