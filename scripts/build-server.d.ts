/** The file to start the server by, built from the sources as they are. */
export const buildServer: (root: string, node: string) => Promise<string>;
