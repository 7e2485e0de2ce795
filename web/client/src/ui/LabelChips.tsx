import { Chip } from './Chip';

interface Label {
  readonly key: string;
  readonly value: string;
}

interface Props {
  labels: readonly Label[];
  onPress?: (label: Label) => void;
}

/** How many of them the widest cell shows; kit.css shows fewer in narrower ones. */
const MOST = 3;

const words = ({ key, value }: Label): string => `${key}:${value}`;

/** Labels in one line: as many as there is room for, then how many more there are. */
export function LabelChips({ labels, onPress }: Props) {
  const all = labels.map(words).join('\n');
  return (
    <span className="chips">
      <span>
        {labels.slice(0, MOST).map((label) => (
          <Chip
            key={label.key}
            title={onPress ? `Only ${words(label)}` : words(label)}
            onPress={onPress && (() => onPress(label))}
          >
            <span className="faint">{label.key}:</span>
            {label.value}
          </Chip>
        ))}
        {Array.from({ length: MOST }, (_, shown) => (
          <span key={labels[shown]?.key ?? shown} className="chips-more faint" title={all}>
            {labels.length > shown + 1 && `+${labels.length - shown - 1}`}
          </span>
        ))}
      </span>
    </span>
  );
}
