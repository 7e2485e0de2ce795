import './bulk.css';
import { useState } from 'react';
import { ACTIONS, actionNames } from '../executions/actions';
import { useRoom } from '../executions/columnChoice';
import type { BulkAction, ExecutionFilter, ExecutionSelector } from '../gql/graphql';
import { Button } from '../ui/Button';
import { Menu, MenuItem } from '../ui/Menu';
import { shownCount } from '../ui/number';
import { BulkDialog } from './BulkDialog';
import type { Selection } from './selection';

interface Props {
  selection: Selection;
  filter: ExecutionFilter | null;
  /** How many match the filter, as far as is known. */
  matching: { readonly text: string; readonly beyond: boolean } | null;
  onMatching: () => void;
  onClear: () => void;
}

/** Actions with a button of their own need so many pixels. */
const WIDE = 820;

/** Lies over the filter while something is selected: how much, and what can be done to it. */
export default function BulkBar({ selection, filter, matching, onMatching, onClear }: Props) {
  const [asked, setAsked] = useState<BulkAction | null>(null);
  const wide = useRoom() >= WIDE;
  const all = selection.kind === 'matching';
  const selector: ExecutionSelector = all ? { filter: filter ?? {} } : { ids: [...selection.ids] };
  const inMenu = actionNames.filter((name) => !(wide && ACTIONS[name].front));
  return (
    <div className="bulk-bar" role="toolbar" aria-label="Selected executions">
      <Button look="quiet" icon="close" aria-label="Clear the selection" onClick={onClear} />
      <span className="number bulk-count" aria-live="polite">
        {all
          ? `All ${matching?.text ?? ''} that match`
          : `${shownCount(selection.ids.size)} selected`}
      </span>
      {!all && matching?.beyond && (
        <Button look="quiet" className="number bulk-matching" onClick={onMatching}>
          Select all {matching.text}
          {wide && ' that match'}
        </Button>
      )}
      <span className="bulk-actions">
        {wide &&
          actionNames
            .filter((name) => ACTIONS[name].front)
            .map((name) => (
              <Button key={name} icon={ACTIONS[name].icon} onClick={() => setAsked(name)}>
                {ACTIONS[name].text}
              </Button>
            ))}
        <Menu
          icon="more"
          align="end"
          aria-label={wide ? 'More for the selected executions' : 'Actions'}
          items={() =>
            inMenu.map((name) => (
              <MenuItem
                key={name}
                icon={ACTIONS[name].icon}
                danger={name === 'DELETE'}
                onSelect={() => setAsked(name)}
              >
                {ACTIONS[name].text}
              </MenuItem>
            ))
          }
        >
          {wide ? undefined : 'Actions'}
        </Menu>
      </span>
      {asked && (
        <BulkDialog
          key={asked}
          action={asked}
          selector={selector}
          onBegun={() => {
            setAsked(null);
            onClear();
          }}
          onClose={() => setAsked(null)}
        />
      )}
    </div>
  );
}
