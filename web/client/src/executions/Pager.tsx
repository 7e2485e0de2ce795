import { writeUrl } from '../app/urlState';
import { Button } from '../ui/Button';
import { Menu, MenuItem } from '../ui/Menu';
import { shownCount } from '../ui/number';
import type { PageFacts } from './listSource';
import { SIZES, type View } from './view';

interface Props {
  facts: PageFacts | null;
  view: View;
  shown: number;
}

/** Newcomers may be shown that were not there when the page was counted. */
function total({ count }: PageFacts, shown: number): string {
  const number = shownCount(Math.max(count.value, shown));
  return count.precision === 'EXACT' ? number : `more than ${number}`;
}

/** Where the page stands in the list, and the ways on. Always there, so that nothing moves when the page comes. */
export default function Pager({ facts, view, shown }: Props) {
  const info = facts?.pageInfo;
  const go = (place: { after?: string | null; before?: string | null }) =>
    writeUrl({ after: place.after ?? null, before: place.before ?? null }, { replace: false });
  const first = !view.after && !view.before;
  return (
    <footer className="pager number">
      <span className="faint">{facts && `${shown} of ${total(facts, shown)}`}</span>
      <span className="pager-ways">
        <Menu
          look="quiet"
          aria-label="Rows on a page"
          align="end"
          items={() =>
            SIZES.map((size) => (
              <MenuItem
                key={size}
                checked={size === view.size}
                onSelect={() => writeUrl({ size: String(size), after: null, before: null })}
              >
                {size} on a page
              </MenuItem>
            ))
          }
        >
          {view.size} on a page
        </Menu>
        <Button look="quiet" icon="left" disabled={first} onClick={() => go({})}>
          First
        </Button>
        <Button
          look="quiet"
          icon="left"
          aria-label="Page before"
          disabled={first || !info?.hasPreviousPage}
          onClick={() => go({ before: info?.startCursor })}
        />
        <Button
          look="quiet"
          icon="right"
          aria-label="Next page"
          disabled={!info?.hasNextPage}
          onClick={() => go({ after: info?.endCursor })}
        />
      </span>
    </footer>
  );
}
