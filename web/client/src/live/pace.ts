/** At once the first time, then no more often than once in so many milliseconds; the last call is never lost. */
export function paced(call: () => void, ms: number): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let again = false;
  const rest = () => {
    timer = null;
    if (!again) return;
    again = false;
    ask();
  };
  const ask = () => {
    if (timer !== null) {
      again = true;
      return;
    }
    timer = setTimeout(rest, ms);
    call();
  };
  return { ask, stop: () => timer !== null && clearTimeout(timer) };
}
