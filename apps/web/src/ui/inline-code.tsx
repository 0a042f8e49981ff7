/** One line of text in which backticks mark code, as the tables of the reference are written. */
export const InlineCode = ({ text }: { text: string }) =>
  text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // The parts of one line never change their places.
      // oxlint-disable-next-line react/no-array-index-key
      <code key={index}>{part}</code>
    ),
  );
