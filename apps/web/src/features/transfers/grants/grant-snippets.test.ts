import { expect, it } from 'vitest';
import { grantSnippets } from './grant-snippets.ts';

const token = `wu_${'x'.repeat(43)}`;
const snippets = grantSnippets({
  token,
  companionUrl: `https://media.example.com/uppy/${token}`,
});
const codeOf = (name: string): string => snippets.find((snippet) => snippet.name === name)?.code ?? '';

it('names the option that each generation of Uppy has for the address', () => {
  expect(codeOf('Uppy 6')).toContain(`  companionEndpoint: "https://media.example.com/uppy/${token}",`);
  expect(codeOf('Uppy 5')).toContain(`  endpoint: "https://media.example.com/uppy/${token}",`);
});

it('leads the SDK and the command to the server itself', () => {
  expect(codeOf('SDK')).toContain(`origin: "https://media.example.com", token: "${token}"`);
  expect(codeOf('Shell').split('\n')).toEqual([
    'export WINDLASS_URL=https://media.example.com',
    `export WINDLASS_UPLOAD_TOKEN=${token}`,
    '# In a clone of Windlass, after npm ci.',
    'npx windlass upload wedding/',
  ]);
});

it('says why a file failed and what to do about it', () => {
  expect(codeOf('SDK')).toContain('error.detail');
  expect(codeOf('SDK')).toContain('error.next');
});
