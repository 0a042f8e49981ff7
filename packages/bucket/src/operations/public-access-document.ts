import type { PublicAccessBlock } from '../iam/bucket-iam.ts';
import { S3Error } from '../s3-error.ts';
import { readXml, textOf } from '../xml/read-xml.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { writeXml } from '../xml/write-xml.ts';
import type { XmlElements } from '../xml/write-xml.ts';

export const publicAccessBlockRoot = 'PublicAccessBlockConfiguration';

/** Throws MalformedXML. What is left out is off (AWS: PublicAccessBlockConfiguration). */
export function parsePublicAccessBlock(text: string): PublicAccessBlock {
  const element = readXml(text, publicAccessBlockRoot);
  return {
    blockPublicAcls: flag(element, 'BlockPublicAcls'),
    ignorePublicAcls: flag(element, 'IgnorePublicAcls'),
    blockPublicPolicy: flag(element, 'BlockPublicPolicy'),
    restrictPublicBuckets: flag(element, 'RestrictPublicBuckets'),
  };
}

function flag(element: XmlElement, name: string): boolean {
  const text = textOf(element, name)?.trim().toLowerCase() ?? 'false';
  if (text !== 'true' && text !== 'false') throw new S3Error('MalformedXML');
  return text === 'true';
}

export const publicAccessBlockElements = (block: PublicAccessBlock): XmlElements => ({
  BlockPublicAcls: block.blockPublicAcls,
  IgnorePublicAcls: block.ignorePublicAcls,
  BlockPublicPolicy: block.blockPublicPolicy,
  RestrictPublicBuckets: block.restrictPublicBuckets,
});

export const writePublicAccessBlock = (block: PublicAccessBlock): string =>
  writeXml(publicAccessBlockRoot, publicAccessBlockElements(block));
