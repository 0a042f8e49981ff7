/** A prefix as people type it, with or without its slash, as the API has it. `in` -> `in/`, `/` -> ``. */
export const withSlash = (text: string): string => {
  const trimmed = text.trim().replace(/^\/+/, '');
  return trimmed === '' || trimmed.endsWith('/') ? trimmed : `${trimmed}/`;
};
