import { useRef } from 'react';
import { Button } from '../ui/Button';

interface Props {
  arrived: number;
  /** Told with every scroll whether somebody reads below the top. */
  onHold: (held: boolean) => void;
  onReveal: () => void;
  children: React.ReactNode;
}

/** Scrolled down, newcomers wait behind a pill; at the top they come in by themselves. */
export function Scroller({ arrived, onHold, onReveal, children }: Props) {
  const ref = useRef<HTMLElement>(null);
  return (
    <section
      ref={ref}
      className="executions-scroll"
      aria-label="Executions"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScroll={(event) => onHold(event.currentTarget.scrollTop > 0)}
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
