/** An object that goes into a zip. */
export interface ZipEntry {
  /** Below the connection's prefix. */
  key: string;
  /** What it is to be called in the zip; folders by slashes. Any text: `nameEntries` makes it safe and its own. */
  name: string;
}
