import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import { StateShape } from '../states/StateShape';
import { Button, Keys } from '../ui/Button';
import { Chip } from '../ui/Chip';
import { Icon } from '../ui/Icon';
import { type Part, parseText, printPart, shownStates, type Wrong, withPart } from './filter';
import { type Known, type Suggestion, suggest } from './suggest';

interface Props {
  parts: readonly (Part | Wrong)[];
  known: Known;
  input: RefObject<HTMLInputElement | null>;
  onChange: (parts: (Part | Wrong)[]) => void;
}

/** One field that turns what is typed into chips, with completion. */
export function FilterBar({ parts, known, input, onChange }: Props) {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [chosen, setChosen] = useState(-1);
  const list = useId();
  const word = text.slice(text.lastIndexOf(' ') + 1);
  const offered = open ? suggest(word, known) : [];

  const write = (next: string) => {
    setText(next);
    setChosen(-1);
    setOpen(true);
  };
  const commit = (whole: string) => {
    onChange(parseText(whole).reduce(withPart, [...parts]));
    write('');
  };
  const take = ({ token }: Suggestion) => {
    const whole = text.slice(0, text.length - word.length) + token;
    if (token.endsWith(':')) write(whole);
    else commit(whole);
    input.current?.focus();
  };
  const press = (event: KeyboardEvent) => {
    const suggestion = offered[chosen];
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setOpen(true);
      setChosen(offered.length ? (chosen + step + offered.length) % offered.length : -1);
    } else if (event.key === 'Enter' && suggestion) take(suggestion);
    else if (event.key === 'Tab' && text && offered[Math.max(chosen, 0)])
      take(offered[Math.max(chosen, 0)] as Suggestion);
    else if (event.key === 'Enter') {
      if (text.trim()) commit(text);
      setOpen(false);
    } else if (event.key === 'Escape') {
      if (open && text) setOpen(false);
      else input.current?.blur();
    } else if (event.key === 'Backspace' && text === '') {
      if (parts.length > 0) onChange(parts.slice(0, -1));
      return;
    } else return;
    event.preventDefault();
  };

  return (
    <search className="filter">
      {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: a press beside the chips goes to the field, which is reachable by itself */}
      <div
        className="filter-field"
        onClick={(event) => event.target === event.currentTarget && input.current?.focus()}
      >
        <Icon name="filter" size={14} />
        <Chips parts={parts} onChange={onChange} />
        <input
          ref={input}
          role="combobox"
          aria-label="Filter executions"
          aria-expanded={offered.length > 0}
          aria-controls={list}
          aria-activedescendant={chosen >= 0 ? `${list}-${chosen}` : undefined}
          autoComplete="off"
          spellCheck={false}
          placeholder={parts.length === 0 ? 'Filter: state:FAILED team:data >5m' : ''}
          value={text}
          onChange={(event) => write(event.target.value)}
          onFocus={() => setOpen(true)}
          onBlur={() => setOpen(false)}
          onKeyDown={press}
        />
        {parts.length === 0 && !open && <Keys>/</Keys>}
        {parts.length > 0 && (
          <Button
            look="quiet"
            icon="close"
            aria-label="Clear the filter"
            onClick={() => onChange([])}
          />
        )}
      </div>
      <Offers id={list} offered={offered} chosen={chosen} onTake={take} />
      <Problems parts={parts} />
    </search>
  );
}

function Chips({ parts, onChange }: Pick<Props, 'parts' | 'onChange'>) {
  return parts.map((part) => {
    const token = printPart(part);
    const [state] = shownStates([part]);
    return (
      <Chip
        key={`${part.kind}:${token}`}
        problem={part.kind === 'wrong'}
        removeLabel={`Remove ${token}`}
        onRemove={() => onChange(parts.filter((other) => other !== part))}
      >
        {state && <StateShape state={state} size={11} />}
        {part.kind === 'text' ? `“${token}”` : token}
      </Chip>
    );
  });
}

function Problems({ parts }: Pick<Props, 'parts'>) {
  return parts.map(
    (part) =>
      part.kind === 'wrong' && (
        <p key={part.token} className="filter-problem" role="alert">
          <strong>{part.token}</strong> is left out. {part.problem}
        </p>
      ),
  );
}

interface OffersProps {
  id: string;
  offered: readonly Suggestion[];
  chosen: number;
  onTake: (suggestion: Suggestion) => void;
}

function Offers({ id, offered, chosen, onTake }: OffersProps) {
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Completions"
      className="floating menu filter-offers"
      hidden={offered.length === 0}
    >
      {offered.map((offer, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: focus stays in the field, whose keys walk the options
        <div
          key={offer.token}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === chosen}
          className="menu-item"
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onTake(offer)}
        >
          {offer.state && <StateShape state={offer.state} size={13} />}
          <span>{offer.token}</span>
          {offer.note && <span className="faint note">{offer.note}</span>}
        </div>
      ))}
    </div>
  );
}
