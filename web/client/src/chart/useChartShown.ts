import { useState } from 'react';

const KEY = 'flowdeck.executions.chart';

/** Whether the chart stands above the list; kept in this browser. */
export function useChartShown(): [boolean, () => void] {
  const [on, setOn] = useState(() => (localStorage.getItem(KEY) ?? 'on') === 'on');
  const toggle = () => {
    localStorage.setItem(KEY, on ? 'off' : 'on');
    setOn(!on);
  };
  return [on, toggle];
}
