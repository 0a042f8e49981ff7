import { EditorState, type Extension } from '@codemirror/state';

/**
 * Refuses what would make the text longer than it may be: a paste of megabytes must not hold up the page.
 *
 * @param longest in UTF-16 units.
 * @param onRefused told the length that the text would have had; null once a change was taken.
 */
export const longestText = (longest: number, onRefused: (length: number | null) => void): Extension =>
  EditorState.transactionFilter.of((transaction) => {
    if (!transaction.docChanged) return transaction;
    const { length } = transaction.newDoc;
    const refused = length > longest && length > transaction.startState.doc.length;
    onRefused(refused ? length : null);
    return refused ? [] : transaction;
  });
