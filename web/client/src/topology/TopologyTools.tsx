import { Button } from '../ui/Button';
import type { Plane } from '../viewport/usePlane';
import type { Course } from './graph';

interface Props {
  plane: Plane;
  course: Course;
  onTurn: () => void;
  listed: boolean;
  onList: () => void;
}

const STEP = 1.3;

/** How the graph is looked at: nearer, farther, whole, the other way round, as a list. */
export function TopologyTools({ plane, course, onTurn, listed, onList }: Props) {
  const turned = course === 'down';
  return (
    <div className="topology-tools">
      <Button
        look="quiet"
        icon="minus"
        aria-label="Zoom out"
        onClick={() => plane.zoom(1 / STEP)}
      />
      <Button look="quiet" icon="plus" aria-label="Zoom in" onClick={() => plane.zoom(STEP)} />
      <Button look="quiet" keys="f" onClick={plane.fit}>
        Fit
      </Button>
      <Button
        look="quiet"
        icon={turned ? 'across' : 'downwards'}
        aria-label={turned ? 'Draw it from left to right' : 'Draw it from top to bottom'}
        title={turned ? 'From left to right' : 'From top to bottom'}
        onClick={() => {
          onTurn();
          plane.forget();
        }}
      />
      <Button look="quiet" aria-pressed={listed} onClick={onList}>
        List
      </Button>
    </div>
  );
}
