import {
  generate,
  PolicyInputError,
  providerProfiles,
  type GeneratedDocuments,
  type GenerateInput,
} from '@windlass/policy/generate';
import { renderCli, renderCloudFormation, renderTerraform } from '@windlass/policy/render';
import type { GenerateState } from '../state/studio-state.ts';

/** The form as the generator takes it: what is empty is not there. */
export const toGenerateInput = (form: GenerateState): GenerateInput => {
  const origins = form.origins.split(/[\s,]+/).filter((origin) => origin !== '');
  const trusted = form.trustPrincipal !== '' || form.externalId !== '';
  return {
    capabilities: form.capabilities,
    provider: form.provider,
    bucket: form.bucket,
    prefix: form.prefix,
    ...(form.capabilities.includes('process') &&
      form.outputPrefix !== '' && { outputPrefix: form.outputPrefix }),
    ...(form.region !== '' && { region: form.region }),
    ...(form.accountId !== '' && { accountId: form.accountId }),
    ...(form.principal !== '' && { principal: form.principal }),
    ...(form.accessPoint !== '' && { accessPoint: { name: form.accessPoint } }),
    ...(trusted && { trust: { principal: form.trustPrincipal, externalId: form.externalId } }),
    ...(origins.length > 0 && { origins }),
    addOns: {
      writeOnce: form.writeOnce,
      // The box is not shown where nothing comes over TLS: what stood in it before counts for nothing there.
      tlsOnly: form.tlsOnly && providerProfiles[form.provider].tls !== false,
      accountPin: form.accountPin,
      ...(form.kmsKey !== '' && { kmsKey: form.kmsKey }),
    },
  };
};

/** The set-up as commands and templates; null where a language is for AWS alone. */
export interface Scripts {
  cli: string;
  terraform: string | null;
  cloudFormation: string | null;
}

/** What came of the form: documents, or the field that makes none. */
export type GenerateOutcome =
  | { documents: GeneratedDocuments; input: GenerateInput; scripts: Scripts }
  | { field: keyof GenerateState; reason: string };

/** The generator's names for fields that the form calls otherwise. */
const formFields: Readonly<Record<string, keyof GenerateState>> = {
  'trust.principal': 'trustPrincipal',
  'trust.externalId': 'externalId',
  'accessPoint.name': 'accessPoint',
  'addOns.kmsKey': 'kmsKey',
};

const fieldOf = (name: string, form: GenerateState): keyof GenerateState => {
  const known = formFields[name];
  if (known !== undefined) return known;
  // `origins[0]` is a line of the one field for origins.
  const plain = name.replace(/\[\d+\]$/, '');
  const fields = Object.keys(form) as (keyof GenerateState)[]; // The keys of a literal of this very type.
  return fields.find((field) => field === plain) ?? 'capabilities';
};

/**
 * @example makeDocuments({ ...form, bucket: 'A_b' }) // { field: 'bucket', reason: 'takes lower-case letters, …' }
 */
export const makeDocuments = (form: GenerateState): GenerateOutcome => {
  const input = toGenerateInput(form);
  try {
    const documents = generate(input);
    const scripts = {
      cli: renderCli(documents, input),
      terraform: renderTerraform(documents, input),
      cloudFormation: renderCloudFormation(documents, input),
    };
    return { documents, input, scripts };
  } catch (error) {
    if (!(error instanceof PolicyInputError)) throw error;
    return { field: fieldOf(error.field, form), reason: error.reason };
  }
};
