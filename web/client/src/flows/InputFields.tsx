import { Icon } from '../ui/Icon';
import { InputField } from './InputField';
import { InputRows } from './InputRows';
import { type FlowInput, type Held, type Parts, partsOf, widgetOf } from './inputs';

interface Props {
  inputs: readonly FlowInput[];
  held: Parts;
  /** By the id, with the ids of the groups around it before. */
  problems: Readonly<Record<string, string>>;
  within?: string;
  onChange: (held: Parts) => void;
}

/** The fields of a form, or of a group in it. */
export function InputFields({ inputs, held, problems, within = '', onChange }: Props) {
  return inputs.map((input) => {
    const id = within + input.id;
    const value = held[input.id] ?? null;
    const change = (next: Held) => onChange({ ...held, [input.id]: next });
    const widget = widgetOf(input);
    if (widget === 'rows')
      return (
        <InputRows
          key={id}
          id={id}
          input={input}
          held={value}
          problems={problems}
          onChange={change}
        />
      );
    if (widget !== 'group')
      return (
        <InputField key={id} input={input} held={value} problem={problems[id]} onChange={change} />
      );
    return (
      <fieldset key={id} className="field-group">
        <GroupHead input={input} problem={problems[id]} />
        <InputFields
          inputs={input.parts ?? []}
          held={partsOf(value)}
          problems={problems}
          within={`${id}.`}
          onChange={change}
        />
      </fieldset>
    );
  });
}

/** The name of a group or a table, and what is wrong with it as a whole. */
export function GroupHead({ input, problem }: { input: FlowInput; problem: string | undefined }) {
  return (
    <>
      <legend>
        {input.displayName ?? input.id} <span className="faint mono">{input.type}</span>
      </legend>
      {input.description && <p className="hint">{input.description}</p>}
      {problem && (
        <p className="wrong" role="alert">
          <Icon name="warning" size={13} /> {problem}
        </p>
      )}
    </>
  );
}
