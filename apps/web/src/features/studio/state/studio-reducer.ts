import type { PolicyKind } from '@windlass/policy';
import { followDocument } from './follow-document.ts';
import {
  followedFields,
  freshId,
  mostDocuments,
  normalText,
  openDocument,
  type CheckState,
  type CompareState,
  type CorsState,
  type GenerateState,
  type Studio,
  type StudioDocument,
  type StudioPart,
  type TriedRequest,
} from './studio-state.ts';

/** All that a person can do to what the studio holds. */
export type StudioAction =
  | { type: 'load'; part: StudioPart }
  | { type: 'write'; id: string; text: string }
  | { type: 'open'; id: string }
  | { type: 'add'; kind: PolicyKind; text: string }
  | { type: 'remove'; id: string }
  | { type: 'kind'; id: string; kind: PolicyKind }
  | { type: 'provider'; provider: CheckState['provider'] }
  | { type: 'try'; request: Partial<TriedRequest> }
  | { type: 'generate'; patch: Partial<GenerateState> }
  | { type: 'compare'; patch: Partial<CompareState> }
  | { type: 'cors'; patch: Partial<CorsState> };

export const studioReducer = (studio: Studio, action: StudioAction): Studio => {
  switch (action.type) {
    case 'load':
      return { ...studio, [action.part.view]: normalPart(action.part).state };
    case 'generate':
      return { ...studio, generate: { ...studio.generate, ...action.patch } };
    case 'compare':
      return { ...studio, compare: { ...studio.compare, ...action.patch } };
    case 'cors':
      return { ...studio, cors: { ...studio.cors, ...action.patch } };
    case 'write':
    case 'open':
    case 'add':
    case 'remove':
    case 'kind':
    case 'provider':
    case 'try':
      return { ...studio, check: checkReducer(studio.check, action) };
  }
};

type CheckAction = Extract<
  StudioAction,
  { type: 'write' | 'open' | 'add' | 'remove' | 'kind' | 'provider' | 'try' }
>;

const checkReducer = (check: CheckState, action: CheckAction): CheckState => {
  switch (action.type) {
    case 'write': {
      const changed = change(check, action.id, { text: action.text });
      const written = changed.documents.find(({ id }) => id === action.id);
      return written === undefined ? check : followDocument(changed, written);
    }
    case 'kind':
      return change(check, action.id, { kind: action.kind });
    case 'open':
      return { ...check, open: action.id };
    case 'add': {
      if (check.documents.length >= mostDocuments) return check;
      const id = freshId(check.documents, action.kind);
      const added = { id, kind: action.kind, text: normalText(action.text) };
      return { ...check, documents: [...check.documents, added], open: id };
    }
    case 'remove':
      return remove(check, action.id);
    case 'provider':
      return { ...check, provider: action.provider };
    case 'try':
      return {
        ...check,
        request: { ...check.request, ...action.request },
        set: followedFields.filter((field) => field in action.request || check.set?.includes(field) === true),
      };
  }
};

const change = (check: CheckState, id: string, patch: Partial<StudioDocument>): CheckState => ({
  ...check,
  documents: check.documents.map((document) => (document.id === id ? { ...document, ...patch } : document)),
});

/** The last document stays; the neighbour of the one that went is open next. */
const remove = (check: CheckState, id: string): CheckState => {
  const index = check.documents.findIndex((document) => document.id === id);
  if (index === -1 || check.documents.length === 1) return check;
  const documents = check.documents.filter((document) => document.id !== id);
  const neighbour = documents[Math.min(index, documents.length - 1)];
  return { ...check, documents, open: check.open === id ? (neighbour?.id ?? '') : check.open };
};

/** What comes from a link has whatever line ends and ids its writer had. */
const normalPart = (part: StudioPart): StudioPart => {
  if (part.view !== 'check') return part;
  const documents = part.state.documents.map((document) => ({
    ...document,
    text: normalText(document.text),
  }));
  const state = { ...part.state, documents };
  return { view: 'check', state: { ...state, open: openDocument(state).id } };
};
