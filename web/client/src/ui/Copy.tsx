import { useState } from 'react';
import { Button } from './Button';

/** Copies `text` and says so for a moment. */
export function Copy({ text, label }: { text: string; label: string }) {
  const [done, setDone] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setDone(true);
    setTimeout(() => setDone(false), 1200);
  };
  return (
    <Button
      look="quiet"
      className="copy"
      icon={done ? 'done' : 'copy'}
      aria-label={done ? 'Copied' : label}
      onClick={(event) => {
        event.stopPropagation();
        void copy();
      }}
    />
  );
}
