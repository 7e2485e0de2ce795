import '../ui/Dialog.css';
import './palette.css';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { Icon } from '../ui/Icon';
import { type Command, useCommands } from './commands';

/** Everything by name: pages, flows, executions, the theme. Opened by Ctrl+K. */
export default function CommandPalette({ onClose }: { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const commands = useCommands(text.trim());
  useEffect(() => dialog.current?.showModal(), []);
  const at = Math.min(chosen, commands.length - 1);

  const run = (command: Command | undefined) => {
    if (!command) return;
    dialog.current?.close();
    command.run();
  };
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((at + 1) % commands.length);
    else if (event.key === 'ArrowUp') setChosen((at - 1 + commands.length) % commands.length);
    else if (event.key === 'Enter') run(commands[at]);
    else return;
    event.preventDefault();
  };
  return (
    <dialog
      ref={dialog}
      className="dialog palette"
      aria-label="Search and commands"
      onClose={onClose}
      onMouseDown={(event) => event.target === dialog.current && dialog.current.close()}
    >
      <div className="palette-field">
        <Icon name="search" />
        <input
          role="combobox"
          aria-label="Search pages, flows and executions"
          aria-expanded="true"
          aria-controls={id}
          aria-activedescendant={`${id}-${at}`}
          placeholder="Search pages, flows, executions"
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setChosen(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div id={id} role="listbox" aria-label="Found" className="palette-list">
        {commands.map((command, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive lint/a11y/useKeyWithClickEvents: focus stays in the field, whose keys walk the options
          <div
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            className="menu-item"
            onMouseMove={() => setChosen(index)}
            onClick={() => run(command)}
          >
            {command.mark}
            <span className="clip">{command.text}</span>
            <span className="faint note">{command.note}</span>
          </div>
        ))}
        {commands.length === 0 && <p className="palette-none faint">Nothing is called that.</p>}
      </div>
    </dialog>
  );
}
