import { useSyncExternalStore } from 'react';
import { connectionState } from '../graphql/socket';
import type { LiveExecution } from './execution';
import './live.css';
import { useExecution, useHealth } from './useLive';

const BEHIND_MS = 1500;

/** Whether what is on screen is the present: live, catching up, reconnecting. Silent about what has ended. */
export function LiveBadge({ live }: { live: LiveExecution }) {
  const { phase, lag } = useHealth(live);
  const connection = useSyncExternalStore(connectionState.subscribe, connectionState.read);
  const ended = useExecution(live)?.endedAt != null;
  const { mood, text, hint } = said(phase.name, connection === 'lost', lag);
  if (ended && mood === 'live') return null;
  return (
    <span className="live-badge number" data-mood={mood} role="status" title={hint}>
      <i aria-hidden="true" />
      {text}
    </span>
  );
}

interface Said {
  readonly mood: 'live' | 'behind' | 'off';
  readonly text: string;
  readonly hint: string;
}

function said(phase: 'loading' | 'live' | 'waiting' | 'gone', lost: boolean, lag: number): Said {
  if (phase === 'gone') return { mood: 'off', text: 'gone', hint: 'This execution is no more.' };
  if (lost || phase === 'waiting')
    return { mood: 'off', text: 'reconnecting', hint: 'Goes on from the last change seen.' };
  if (phase === 'loading')
    return { mood: 'behind', text: 'connecting', hint: 'Asks for the present state.' };
  if (lag > BEHIND_MS) {
    const seconds = (lag / 1000).toFixed(1);
    return {
      mood: 'behind',
      text: `catching up ${seconds} s`,
      hint: 'The stream is behind; nothing is lost.',
    };
  }
  return {
    mood: 'live',
    text: `live · ${Math.round(lag)} ms`,
    hint: 'Every change appears by itself.',
  };
}
