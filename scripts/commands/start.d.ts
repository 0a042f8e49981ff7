/** `npm start`: builds the web app when it is out of date, then runs the server; resolves with its exit code. */
export const start: (root: string, args: readonly string[]) => Promise<number>;
