export declare const cliArguments: (root: string, args: readonly string[]) => string[];
