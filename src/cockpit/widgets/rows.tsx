import { Text } from 'ink';
import { memo, useContext } from 'react';
import { LookContext } from '../look.ts';
import type { Line } from './line.ts';

/** Terminal rows, one `<Text>` each; a row whose text and style stay the same is not touched. */
export function Rows({ lines }: { readonly lines: readonly Line[] }) {
  // A row is its place on the screen: there is no better key.
  return lines.map((line, index) => <Row key={index.toString()} line={line} />);
}

const Row = memo(
  function Row({ line }: { readonly line: Line }) {
    const { styles, drawn } = useContext(LookContext);
    return (
      <Text wrap="truncate">
        {drawn(line).map((span, index) => (
          <Text
            key={index.toString()}
            {...(span.tone && styles[span.tone])}
            {...(span.bold === true && { bold: true })}
            {...(span.inverse === true && { inverse: true })}
          >
            {span.text}
          </Text>
        ))}
      </Text>
    );
  },
  (before, after) => sameLine(before.line, after.line),
);

function sameLine(a: Line, b: Line): boolean {
  return (
    a.length === b.length &&
    a.every((span, index) => {
      const other = b[index];
      return (
        other !== undefined &&
        span.text === other.text &&
        span.tone === other.tone &&
        span.bold === other.bold &&
        span.inverse === other.inverse
      );
    })
  );
}
