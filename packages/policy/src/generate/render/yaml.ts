/**
 * Block-style YAML 1.1 and 1.2 of plain data. Strings that could be read as anything else are quoted as JSON, which
 * YAML's double quotes take as it is. Undefined members are left out, as JSON does.
 */
export const yaml = (value: unknown, indent = ''): string => {
  if (typeof value === 'string') return yamlString(value);
  if (typeof value !== 'object' || value === null) return String(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return value.map((item) => `\n${indent}- ${yaml(item, inner).trimStart()}`).join('');
  }
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  if (members.length === 0) return '{}';
  return members
    .map(([key, member]) => {
      const text = yaml(member, inner);
      return `\n${indent}${yamlString(key)}:${text.startsWith('\n') ? text : ` ${text}`}`;
    })
    .join('');
};

/** Words that some reader takes for booleans or null. */
const words = new Set(['true', 'false', 'yes', 'no', 'on', 'off', 'y', 'n', 'null', 'nan', 'inf']);

const yamlString = (text: string): string =>
  /^[A-Za-z][\w.-]*(?:::?[A-Za-z][\w.-]*)*$/.test(text) && !words.has(text.toLowerCase())
    ? text
    : JSON.stringify(text);
