import { useEffect, useRef, useState } from 'react';
import { Button } from '../ui/Button';
import { Pointing } from './pointing';

interface Props {
  arrived: number;
  /** Told whether somebody reads: below the top, or with the pointer over the rows. */
  onHold: (held: boolean) => void;
  onReveal: () => void;
  children: React.ReactNode;
}

/** While somebody scrolls or points newcomers wait behind a pill; otherwise they come in by themselves. */
export function Scroller({ arrived, onHold, onReveal, children }: Props) {
  const ref = useRef<HTMLElement>(null);
  const [scrolled, setScrolled] = useState(false);
  const [over, setOver] = useState(false);
  const [pointing] = useState(() => new Pointing(setOver));
  useEffect(() => () => pointing.gone(), [pointing]);
  useEffect(() => onHold(scrolled || over), [onHold, scrolled, over]);
  return (
    <section
      ref={ref}
      className="executions-scroll"
      aria-label="Executions"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={(event) => setScrolled(event.currentTarget.scrollTop > 0)}
      onPointerMove={({ pointerType }) => pointerType === 'mouse' && pointing.moved()}
      onPointerLeave={() => pointing.gone()}
    >
      {arrived > 0 && (
        <Button
          look="primary"
          icon="up"
          className="arrived number"
          onClick={() => {
            ref.current?.scrollTo({ top: 0 });
            onReveal();
          }}
        >
          {arrived} new
        </Button>
      )}
      {children}
    </section>
  );
}
