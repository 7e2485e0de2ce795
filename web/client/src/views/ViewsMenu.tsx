import './views.css';
import { useState } from 'react';
import { useSearch } from 'wouter';
import { navigate } from 'wouter/use-browser-location';
import type { ColumnName } from '../executions/columns';
import { Menu, MenuItem } from '../ui/Menu';
import { firstView } from './first';
import { ManageViewsDialog } from './ManageViewsDialog';
import { SaveViewDialog } from './SaveViewDialog';
import { useViews } from './useViews';
import { currentOf, type View } from './views';

interface Props {
  columns: readonly ColumnName[];
  onColumns: (columns: readonly ColumnName[]) => void;
}

/** The list's views: the one on screen, the others to go to, and what can be done with them. */
export default function ViewsMenu({ columns, onColumns }: Props) {
  const search = useSearch();
  const known = useViews();
  const [dialog, setDialog] = useState<'save' | 'manage' | null>(null);
  const current = currentOf(known.views, search);
  const close = () => setDialog(null);
  const show = ({ search: to, columns: chosen }: View) => {
    if (chosen) onColumns(chosen);
    navigate(`${location.pathname}${to ? `?${to}` : ''}`);
  };
  return (
    <>
      <Menu
        look="quiet"
        icon="bookmark"
        className="views"
        aria-label={current ? `View: ${current.name}` : 'Views'}
        items={() => (
          <Items
            views={known.views}
            current={current}
            filtered={search !== ''}
            onAll={() => navigate(location.pathname)}
            onShow={show}
            onDialog={setDialog}
          />
        )}
      >
        {current && <span className="clip">{current.name}</span>}
      </Menu>
      {dialog === 'save' && (
        <SaveViewDialog known={known} search={search} columns={columns} onClose={close} />
      )}
      {dialog === 'manage' && <ManageViewsDialog known={known} onClose={close} />}
    </>
  );
}

interface ItemsProps {
  views: readonly View[];
  current: View | undefined;
  filtered: boolean;
  onAll: () => void;
  onShow: (view: View) => void;
  onDialog: (dialog: 'save' | 'manage') => void;
}

function Items({ views, current, filtered, onAll, onShow, onDialog }: ItemsProps) {
  const first = firstView();
  const shown = views.filter(({ search }) => search !== null);
  return (
    <>
      <MenuItem closes checked={!filtered} onSelect={onAll}>
        All executions
      </MenuItem>
      {shown.map((view) => (
        <MenuItem
          key={view.id}
          closes
          checked={view === current}
          note={view.id === first?.id ? 'opens first' : undefined}
          onSelect={() => onShow(view)}
        >
          {view.name}
        </MenuItem>
      ))}
      <div className="menu-rule" />
      <MenuItem icon="plus" onSelect={() => onDialog('save')}>
        Save this view
      </MenuItem>
      {shown.length > 0 && (
        <MenuItem icon="edit" onSelect={() => onDialog('manage')}>
          Manage views
        </MenuItem>
      )}
    </>
  );
}
