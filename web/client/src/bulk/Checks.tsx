import { useEffect, useRef } from 'react';
import { shortId } from '../app/places';
import type { Selecting } from './useSelection';

/** The box of a row. Its whole cell is pressed; with Shift everything since the last press. */
export function RowCheck({
  id,
  on,
  onPick,
}: {
  id: string;
  on: boolean;
  onPick: Selecting['pick'];
}) {
  return (
    <td className="select-column">
      <label className="select-cell">
        <input
          type="checkbox"
          checked={on}
          aria-label={`Select ${shortId(id)}`}
          onChange={(event) =>
            onPick(id, event.nativeEvent instanceof MouseEvent && event.nativeEvent.shiftKey)
          }
        />
      </label>
    </td>
  );
}

/** The box of the page: dashed while only a part of it is selected. */
export function PageCheck({
  cover,
  onPick,
}: {
  cover: 'none' | 'part' | 'whole';
  onPick: () => void;
}) {
  const ref = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (ref.current) ref.current.indeterminate = cover === 'part';
  }, [cover]);
  return (
    <th scope="col" className="select-column">
      <label className="select-cell">
        <input
          ref={ref}
          type="checkbox"
          checked={cover === 'whole'}
          aria-label="Select the page"
          onChange={onPick}
        />
      </label>
    </th>
  );
}
