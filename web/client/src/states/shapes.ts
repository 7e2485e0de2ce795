import type { Shape } from './states';

/** One drawing in a box of 16 by 16: lines drawn with a 1.75 round pen, and areas filled. Serves SVG and Path2D alike. */
export interface Drawing {
  readonly line?: string;
  readonly area?: string;
  /** Turns slowly while the state lasts. */
  readonly turns?: boolean;
}

const disc = 'M8 2.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11Z';

export const SHAPES: Record<Shape, Drawing> = {
  circle: { line: disc },
  hourglass: { line: 'M4 2.5h8M4 13.5h8M5 2.5c0 3.5 6 4.5 6 11M11 2.5c0 3.5-6 4.5-6 11' },
  half: { line: disc, area: 'M8 2.5a5.5 5.5 0 0 1 0 11Z' },
  arc: { line: 'M8 2.5a5.5 5.5 0 1 1-5.2 3.7', turns: true },
  bars: { line: 'M5.5 3v10M10.5 3v10' },
  diamond: { line: 'M8 2l6 6l-6 6l-6-6Z', area: 'M8 5.2l2.8 2.8l-2.8 2.8l-2.8-2.8Z' },
  loop: { line: 'M13.3 6.5a5.5 5.5 0 1 0 .2 2.5M13.5 2.8v3.7h-3.7', turns: true },
  loopDone: {
    line: 'M13.3 6.5a5.5 5.5 0 1 0 .2 2.5M13.5 2.8v3.7h-3.7',
    area: 'M8 6.2a1.8 1.8 0 1 1 0 3.6a1.8 1.8 0 1 1 0-3.6Z',
  },
  loopAgain: {
    line: 'M2.8 7a5.2 5.2 0 0 1 9.6-2M13.2 9a5.2 5.2 0 0 1-9.6 2M12.8 2v3.2H9.6M3.2 14v-3.2h3.2',
  },
  back: { line: 'M3 3v10M13.5 8H6.2M9.4 4.6L6 8l3.4 3.4' },
  check: { line: 'M2.8 8.6l3.5 3.5l7-8' },
  triangle: { line: 'M8 2.6l6 10.6H2ZM8 6.6v2.6M8 11.2v.1' },
  cross: { line: 'M3.6 3.6l8.8 8.8M12.4 3.6l-8.8 8.8' },
  squareOutline: { line: 'M3.2 3.2h9.6v9.6H3.2Z' },
  square: { area: 'M3 3h10v10H3Z' },
  slash: { line: `${disc}M4.2 11.8l7.6-7.6` },
  hop: { line: 'M2.5 11.5c1-7 8-8 10.5-1.2M13.6 6.6v4.1H9.6M2.5 13.8h.1' },
};
