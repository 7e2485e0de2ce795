import { Menu, MenuItem } from '../ui/Menu';
import { COLUMN_NAMES, type ColumnName, columnOf } from './columns';

interface Props {
  columns: readonly ColumnName[];
  onToggle: (name: ColumnName) => void;
}

/** Which columns are shown. */
export default function ColumnMenu({ columns, onToggle }: Props) {
  return (
    <Menu
      look="quiet"
      icon="columns"
      align="end"
      aria-label="Columns"
      items={() =>
        COLUMN_NAMES.filter((name) => columnOf(name).optional).map((name) => (
          <MenuItem key={name} checked={columns.includes(name)} onSelect={() => onToggle(name)}>
            {columnOf(name).title}
          </MenuItem>
        ))
      }
    />
  );
}
