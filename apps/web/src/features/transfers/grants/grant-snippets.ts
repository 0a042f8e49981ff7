import { shellWord } from '../../../lib/shell-word.ts';

export interface GrantSnippet {
  name: string;
  code: string;
}

/** Uppy has to tell the size: what is signed takes exactly so many bytes. */
const uppy = (option: string, companionUrl: string): string => `import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';

const uppy = new Uppy().use(AwsS3, {
  ${option}: ${JSON.stringify(companionUrl)},
  shouldUseMultipart: true,
});
// What is signed takes exactly so many bytes.
uppy.on('file-added', (file) => uppy.setFileMeta(file.id, { size: file.size }));`;

/** Ready to paste, one for each way to upload with a grant. */
export const grantSnippets = ({
  token,
  companionUrl,
}: {
  token: string;
  companionUrl: string;
}): readonly GrantSnippet[] => {
  const { origin } = new URL(companionUrl);
  return [
    { name: 'Uppy 6', code: uppy('companionEndpoint', companionUrl) },
    { name: 'Uppy 5', code: uppy('endpoint', companionUrl) },
    {
      name: 'SDK',
      code: `import { createUploadApi, createUploader, createXhrSender, sourceOfFile } from '@windlass/transfer';

const uploader = createUploader({
  api: createUploadApi({ origin: ${JSON.stringify(origin)}, token: ${JSON.stringify(token)} }),
  send: createXhrSender(),
});
uploader.on('item', ({ name, state, error }) => {
  console.log(name, state, error === null ? '' : \`\${error.detail} \${error.next}\`);
});
input.onchange = () => uploader.add(Array.from(input.files, (file) => sourceOfFile(file)));`,
    },
    {
      name: 'Shell',
      code: `export WINDLASS_URL=${shellWord(origin)}
export WINDLASS_UPLOAD_TOKEN=${shellWord(token)}
# In a clone of Windlass, after npm ci.
npx windlass upload wedding/`,
    },
  ];
};
