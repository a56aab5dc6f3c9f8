import type { Row } from './event.ts';
import type { FieldCommand, Value } from './spl/field-commands.ts';

/** What such a command makes of a row. */
export function withFields(command: FieldCommand): (row: Row) => Row {
  switch (command.name) {
    case 'rex':
      return (row) => ({ ...row, ...found(command.pattern.exec(row[command.field] ?? '')) });
    case 'eval':
      return (row) => {
        const value = evaluate(command.value, row);
        if (value !== undefined) return { ...row, [command.field]: value };
        const { [command.field]: _gone, ...rest } = row;
        return rest;
      };
    case 'fillnull':
      return (row) => ({
        ...row,
        ...Object.fromEntries(command.fields.map((field) => [field, row[field] ?? command.value])),
      });
  }
}

function found(match: RegExpExecArray | null): Row {
  const groups = Object.entries(match?.groups ?? {});
  return Object.fromEntries(groups.filter(([, value]) => value !== undefined));
}

/** undefined: null, as SPL has it; then the field goes. Rows here have one value a field, which is its index 0. */
function evaluate(value: Value, row: Row): string | undefined {
  if (value.kind === 'literal') return value.text;
  if (value.kind === 'field') return row[value.name];
  const [first, second, third] = value.of.map((one) => evaluate(one, row));
  switch (value.name) {
    case 'mvindex':
      return second === '0' ? first : undefined;
    case 'replace':
      return first?.replace(new RegExp(second ?? '', 'g'), third ?? '');
    case 'coalesce':
      return value.of.map((one) => evaluate(one, row)).find((one) => one !== undefined);
  }
}
