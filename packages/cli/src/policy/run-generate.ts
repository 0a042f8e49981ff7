import type { PolicyDocument } from '@windlass/policy';
import {
  formatCors,
  formatLifecycle,
  formatPolicy,
  generate,
  PolicyInputError,
  type GeneratedDocuments,
  type GenerateInput,
} from '@windlass/policy/generate';
import { consoleSteps, renderCli, renderCloudFormation, renderTerraform } from '@windlass/policy/render';
import { paint, type CommandOutput } from '../command-output.ts';
import { UsageError } from '../usage-error.ts';
import { capabilityOf } from './capability-names.ts';
import { providerOf } from './provider-name.ts';
import type { DocumentName, GenerateOptions, Rendering } from './generate-options.ts';

/** Prints documents, or the set-up in another language; ends with 1 where the provider has no such thing. */
export const runGenerate = async (options: GenerateOptions, output: CommandOutput): Promise<number> => {
  const input = readInput(options);
  try {
    const documents = generate(input);
    const text =
      options.as === 'json' ? documentText(documents, options.document) : rendered(documents, input, options);
    for (const { title, lines } of options.as === 'json' || text === null ? documents.notes : []) {
      output.warn(`${paint(title, 'yellow', output)}\n`);
      for (const line of lines) output.warn(`  ${line}\n`);
    }
    if (text === null) {
      output.warn(`${paint(nothingText(options), 'red', output)}\n`);
      return 1;
    }
    output.write(`${text.trimEnd()}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof PolicyInputError)) throw error;
    throw new UsageError(`${flagOf(error.field)} ${error.reason}.`, { cause: error });
  }
};

/** The option without which nothing asks for the document; null where another reason keeps it from being made. */
const missingOption = (options: GenerateOptions): string | null => {
  switch (options.document) {
    case 'bucket':
      return options.principal === undefined && options.tlsOnly !== true && options.writeOnce !== true
        ? 'Give --principal, or an add-on such as --write-once or --tls-only'
        : null;
    case 'trust':
      return options.trustPrincipal === undefined && options.issuer === undefined
        ? 'Give --trust-principal with --external-id, or --issuer with --audience and --subject'
        : null;
    case 'cors':
      return options.origin.length === 0 ? 'Give --origin' : null;
    case 'access-point':
      return options.accessPoint === undefined ? 'Give --access-point' : null;
    case 'all':
    case 'identity':
    case 'lifecycle':
      return null;
  }
};

const nothingText = (options: GenerateOptions): string => {
  const { as, document, provider } = options;
  if (as !== 'json')
    return `There is no ${as} form for the provider ${provider}: its own steps are in --as console.`;
  const missing = missingOption(options);
  return missing === null
    ? `There is no ${document} document for this input with the provider ${provider}.`
    : `${missing}: nothing asks for a ${document} document without it.`;
};

const policyText = (policy: PolicyDocument | null): string | null =>
  policy === null ? null : formatPolicy(policy);

const documentText = (documents: GeneratedDocuments, name: DocumentName): string | null => {
  switch (name) {
    case 'all':
      return JSON.stringify(documents, null, 2);
    case 'identity':
      return policyText(documents.identity);
    case 'bucket':
      return policyText(documents.bucketPolicy);
    case 'access-point':
      return policyText(documents.accessPointPolicy);
    case 'trust':
      return policyText(documents.trust);
    case 'cors':
      return documents.cors === null ? null : formatCors(documents.cors);
    case 'lifecycle':
      return documents.lifecycle === null ? null : formatLifecycle(documents.lifecycle);
  }
};

const rendered = (
  documents: GeneratedDocuments,
  input: GenerateInput,
  { as, existingBucket, endpoint }: GenerateOptions & { as: Rendering },
): string | null => {
  const options = { createBucket: existingBucket !== true, ...(endpoint !== undefined && { endpoint }) };
  switch (as) {
    case 'json':
      return JSON.stringify(documents, null, 2);
    case 'cli':
      return renderCli(documents, input, options);
    case 'terraform':
      return renderTerraform(documents, input, options);
    case 'cloudformation':
      return renderCloudFormation(documents, input, options);
    case 'console':
      return consoleSteps(documents, input, options)
        .map(({ title, where, lines, copy }, index) =>
          [
            `${index + 1}. ${title}`,
            `   ${where}`,
            ...lines.map((line) => `   - ${line}`),
            ...(copy === undefined ? [] : ['', copy, '']),
          ].join('\n'),
        )
        .join('\n\n');
  }
};

const readInput = (options: GenerateOptions): GenerateInput => {
  const { trustPrincipal, externalId, issuer, audience, subject, accessPoint } = options;
  if ((trustPrincipal === undefined) !== (externalId === undefined))
    throw new UsageError('--trust-principal and --external-id go together.');
  const given = [issuer, audience, subject].filter((one) => one !== undefined).length;
  if (given !== 0 && given !== 3) throw new UsageError('--issuer, --audience and --subject go together.');
  return {
    capabilities: options.job.map(capabilityOf),
    provider: providerOf(options.provider),
    bucket: options.bucket,
    prefix: options.prefix,
    ...present('outputPrefix', options.outputPrefix),
    ...present('region', options.region),
    ...present('accountId', options.accountId),
    ...present('principal', options.principal),
    ...present('user', options.user),
    ...present('name', options.name),
    ...(accessPoint !== undefined && { accessPoint: { name: accessPoint } }),
    ...(trustPrincipal !== undefined &&
      externalId !== undefined && { trust: { principal: trustPrincipal, externalId } }),
    ...(issuer !== undefined &&
      audience !== undefined &&
      subject !== undefined && { webIdentity: { issuer, audience, subject } }),
    origins: options.origin,
    addOns: {
      ...present('writeOnce', options.writeOnce),
      ...present('tlsOnly', options.tlsOnly),
      ...present('accountPin', options.accountPin),
      ...present('kmsKey', options.kmsKey),
    },
  };
};

const present = <Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): Partial<Record<Name, Value>> =>
  // A computed key has no literal type of its own.
  value === undefined ? {} : ({ [name]: value } as Record<Name, Value>);

/** The flag that fills a field of the input. */
const flags: Readonly<Record<string, string>> = {
  capabilities: '--job',
  'accessPoint.name': '--access-point',
  'trust.principal': '--trust-principal',
  'trust.externalId': '--external-id',
  'webIdentity.issuer': '--issuer',
  'webIdentity.audience': '--audience',
  'webIdentity.subject': '--subject',
  'addOns.kmsKey': '--kms-key',
};

const flagOf = (field: string): string => {
  if (field.startsWith('origins')) return '--origin';
  return flags[field] ?? `--${field.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
};
