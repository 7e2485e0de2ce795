import { useId } from 'react';
import { Button } from '../ui/Button';
import { InputControl } from './InputField';
import { GroupHead } from './InputFields';
import { type FlowInput, type Held, type Parts, rowLimits, rowsOf, startingParts } from './inputs';

interface Props {
  /** With the ids of the groups around it before. */
  id: string;
  input: FlowInput;
  held: Held;
  problems: Readonly<Record<string, string>>;
  onChange: (held: readonly Parts[]) => void;
}

const nameOf = ({ displayName, id }: FlowInput): string => displayName ?? id;

/** A table to be filled: a field for each column of each row. */
export function InputRows({ id, input, held, problems, onChange }: Props) {
  const base = useId();
  const rows = rowsOf(held);
  const columns = input.parts ?? [];
  const { min, max } = rowLimits(input);
  const set = (at: number, column: string, value: Held) =>
    onChange(rows.map((row, index) => (index === at ? { ...row, [column]: value } : row)));
  return (
    <fieldset className="field-group">
      <GroupHead input={input} problem={problems[id]} />
      <div className="field-rows">
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.id} scope="col">
                  {nameOf(column)} <span className="faint mono">{column.type}</span>
                </th>
              ))}
              <td />
            </tr>
          </thead>
          <tbody>
            {rows.map((row, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a row is known by its place alone
              <tr key={at}>
                {columns.map((column) => {
                  const problem = problems[`${id}.${at}.${column.id}`];
                  const cell = `${base}-${at}-${column.id}`;
                  return (
                    <td key={column.id}>
                      <InputControl
                        input={column}
                        held={row[column.id] ?? null}
                        onChange={(value) => set(at, column.id, value)}
                        common={{
                          id: cell,
                          'aria-label': `${nameOf(column)} of row ${at + 1}`,
                          'aria-invalid': Boolean(problem),
                          'aria-describedby': problem ? `${cell}-wrong` : undefined,
                        }}
                      />
                      {problem && (
                        <span id={`${cell}-wrong`} className="wrong" role="alert">
                          {problem}
                        </span>
                      )}
                    </td>
                  );
                })}
                <td className="field-row-end">
                  <Button
                    look="quiet"
                    icon="close"
                    aria-label={`Remove row ${at + 1}`}
                    disabled={rows.length <= min}
                    onClick={() => onChange(rows.filter((_, index) => index !== at))}
                  />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button
        look="quiet"
        icon="plus"
        disabled={rows.length >= max}
        onClick={() => onChange([...rows, startingParts(input, undefined)])}
      >
        Add a row
      </Button>
    </fieldset>
  );
}
