/** How the server is started, without its settings. */
export const serverArguments: (root: string) => string[];
/** The environment that the server is started in. */
export const serverEnvironment: (
  env: Record<string, string | undefined>,
) => Record<string, string | undefined>;
