import { summary } from '../taskrun/outputTree';
import { Icon } from '../ui/Icon';
import type { Cell } from './drill';

interface Props {
  cells: readonly Cell[];
  chosen: string | undefined;
  label: string;
  onChoose: (key: string) => void;
}

/** The members of one value; the chosen one opens the next column. */
export function Column({ cells, chosen, label, onChoose }: Props) {
  return (
    <ul className="drill-column" aria-label={label}>
      {cells.map(({ key, label: name, note, value }) => {
        const { kind, text, holds } = summary(value);
        return (
          <li key={key}>
            <button
              type="button"
              aria-current={key === chosen ? 'true' : undefined}
              title={note === undefined ? name : `${name} ${note}`}
              onClick={() => onChoose(key)}
            >
              <span className="drill-key clip">{name}</span>
              {note !== undefined && <span className="drill-note clip">{note}</span>}
              <span className={`output-value ${kind}`}>{text}</span>
              {holds ? <Icon name="right" size={12} /> : <span className="drill-end" />}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
