/** A value as the client takes it: null and undefined are sent empty, a date as UNIX seconds. */
export type ImglabValue = string | number | boolean | Date | null | undefined;
export type ImglabParameters = Readonly<Record<string, ImglabValue>>;

export interface ImglabSourceOptions {
  host: string;
  https: boolean;
  port: number;
  subdomains: boolean;
  secureKey?: string;
  secureSalt?: string;
}

/** What tests use of imglab's client for JavaScript. */
export interface Imglab {
  Source: new (name: string, options: ImglabSourceOptions) => object;
  url(source: object, path: string, parameters?: ImglabParameters): string;
  srcset(source: object, path: string, parameters?: Readonly<Record<string, unknown>>): string;
  color(...parts: (number | string)[]): string;
  position(...parts: string[]): string;
  range(first: number, last: number): object;
}

/** The package has no types of its own; it is loaded as its users load it, unmodified. */
export const loadImglab = async (): Promise<Imglab> => {
  const library: string = '@imglab/core';
  const { default: client }: { default: Imglab } = await import(library);
  return client;
};
