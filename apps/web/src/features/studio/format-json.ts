/** The text set out with one value a line; null where it is no JSON. */
export const formatJson = (text: string): string | null => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    // Broken JSON is a finding with its own place and mend.
    return null;
  }
};
