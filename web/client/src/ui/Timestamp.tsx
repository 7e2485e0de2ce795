import { fullTime, preciseTime, shortTime } from './time';

/** A moment in the reader's zone; the whole of it, with the zone and in UTC, on hover. */
export function Timestamp({ at, precise = false }: { at: string; precise?: boolean }) {
  const date = new Date(at);
  return (
    <time className="number" dateTime={at} title={fullTime(date)}>
      {precise ? preciseTime(date) : shortTime(date, new Date())}
    </time>
  );
}
