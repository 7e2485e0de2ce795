import './InputField.css';
import { type ReactNode, useId } from 'react';
import { type FlowInput, type Held, rule, valuesOf, type Widget, widgetOf } from './inputs';

interface Props {
  input: FlowInput;
  held: Held;
  problem: string | undefined;
  onChange: (held: Held) => void;
}

/** One input of a flow in the form that starts it. */
export function InputField({ input, held, problem, onChange }: Props) {
  const id = useId();
  const name = input.displayName ?? input.id;
  const described = [input.description && `${id}-about`, problem && `${id}-wrong`]
    .filter(Boolean)
    .join(' ');
  const common = {
    id,
    'aria-invalid': Boolean(problem),
    'aria-describedby': described || undefined,
  };
  return (
    <div className="field">
      <span className="field-head">
        <label htmlFor={id}>{name}</label>
        <span className="faint mono">{kindOf(input)}</span>
        {input.required && (input.defaults === null || input.defaults === undefined) && (
          <span className="faint">needed</span>
        )}
      </span>
      <InputControl input={input} held={held} onChange={onChange} common={common} />
      {input.description && (
        <span id={`${id}-about`} className="hint">
          {input.description}
        </span>
      )}
      {input.condition && (
        <span className="hint">
          Only used when <code>{input.condition}</code>
        </span>
      )}
      {problem && (
        <span id={`${id}-wrong`} className="wrong" role="alert">
          {problem}
        </span>
      )}
    </div>
  );
}

function kindOf(input: FlowInput): string {
  const item = rule(input, 'itemType');
  return typeof item === 'string' ? `${input.type} of ${item}` : input.type;
}

export interface Common {
  id: string;
  'aria-label'?: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

type Control = (
  input: FlowInput,
  held: Held,
  change: (held: Held) => void,
  common: Common,
) => ReactNode;

/** The control alone, for a cell of a table. */
export function InputControl({
  input,
  held,
  onChange,
  common,
}: {
  input: FlowInput;
  held: Held;
  onChange: (held: Held) => void;
  common: Common;
}) {
  return CONTROLS[simple(input)](input, held, onChange, common);
}

type Simple = Exclude<Widget, 'group' | 'rows'>;

/** Groups and tables have components of their own; within a table there is only room for their text. */
function simple(input: FlowInput): Simple {
  const widget = widgetOf(input);
  return widget === 'group' || widget === 'rows' ? 'block' : widget;
}

const asText = (held: Held): string => (typeof held === 'string' ? held : '');

const typed =
  (type: string): Control =>
  (input, held, change, common) => (
    <input
      {...common}
      className="input"
      type={type}
      inputMode={input.type === 'INT' ? 'numeric' : undefined}
      step={type === 'time' ? 1 : undefined}
      placeholder={placeholder(input)}
      autoComplete="off"
      value={asText(held)}
      onChange={(event) => change(event.target.value)}
    />
  );

/** What a value is called for people. */
function labelOf(input: FlowInput, value: string): string {
  const labels = rule(input, 'labels');
  const found =
    typeof labels === 'object' && labels !== null
      ? (labels as Record<string, unknown>)[value]
      : undefined;
  return typeof found === 'string' ? found : value;
}

function placeholder(input: FlowInput): string | undefined {
  if (input.type === 'DURATION') return 'PT5M';
  return typeof input.defaults === 'string' ? input.defaults : undefined;
}

const openChoice: Control = (input, held, change, common) => (
  <>
    <input
      {...common}
      className="input"
      list={`${common.id}-values`}
      autoComplete="off"
      value={asText(held)}
      onChange={(event) => change(event.target.value)}
    />
    <datalist id={`${common.id}-values`}>
      {valuesOf(input).map((value) => (
        <option key={value} value={value} />
      ))}
    </datalist>
  </>
);

const CONTROLS: Record<Simple, Control> = {
  text: typed('text'),
  number: typed('text'),
  secret: typed('password'),
  moment: typed('datetime-local'),
  date: typed('date'),
  time: typed('time'),
  switch: (_input, held, change, common) => (
    <span className="segments" role="radiogroup" aria-describedby={common['aria-describedby']}>
      {[true, false].map((value) => (
        <label key={String(value)}>
          <input
            type="radio"
            id={value ? common.id : undefined}
            name={common.id}
            checked={held === value}
            onChange={() => change(value)}
          />
          {String(value)}
        </label>
      ))}
    </span>
  ),
  choice: (input, held, change, common) =>
    rule(input, 'allowCustomValue') === true ? (
      openChoice(input, held, change, common)
    ) : (
      <select
        {...common}
        className="input"
        value={asText(held)}
        onChange={(event) => change(event.target.value)}
      >
        <option value="">–</option>
        {valuesOf(input).map((value) => (
          <option key={value} value={value}>
            {labelOf(input, value)}
          </option>
        ))}
      </select>
    ),
  choices: (input, held, change, common) => {
    const chosen = Array.isArray(held) ? (held as readonly string[]) : [];
    return (
      <span className="choices" id={common.id}>
        {valuesOf(input).map((value) => (
          <label key={value}>
            <input
              type="checkbox"
              checked={chosen.includes(value)}
              onChange={({ target }) =>
                change(
                  target.checked ? [...chosen, value] : chosen.filter((other) => other !== value),
                )
              }
            />
            {labelOf(input, value)}
          </label>
        ))}
      </span>
    );
  },
  file: (_input, _held, change, common) => (
    <input
      {...common}
      className="input"
      type="file"
      onChange={({ target }) => change(target.files?.[0] ?? null)}
    />
  ),
  block: (_input, held, change, common) => (
    <textarea
      {...common}
      className="input"
      rows={4}
      spellCheck={false}
      value={asText(held)}
      onChange={(event) => change(event.target.value)}
    />
  ),
};
