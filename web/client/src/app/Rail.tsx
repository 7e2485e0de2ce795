import { useSyncExternalStore } from 'react';
import { Link, useLocation } from 'wouter';
import { connectionState } from '../graphql/connection';
import { Keys } from '../ui/Button';
import { Icon } from '../ui/Icon';
import type { IconName } from '../ui/icons';
import mark from './mark.svg';
import { showOverlay } from './overlay';
import { setTheme, type Theme, useTheme } from './theme';

const PLACES: readonly { href: string; text: string; icon: IconName }[] = [
  { href: '/executions', text: 'Executions', icon: 'runs' },
  { href: '/flows', text: 'Flows', icon: 'flows' },
];

const THEMES: Record<Theme, { text: string; icon: IconName }> = {
  system: { text: 'As the system', icon: 'screen' },
  light: { text: 'Light', icon: 'sun' },
  dark: { text: 'Dark', icon: 'moon' },
};

const CONNECTION = {
  connecting: '',
  open: 'Live',
  lost: 'Reconnecting',
} as const;

/** The places of the product, on the left of every page. */
export function Rail() {
  const [path] = useLocation();
  return (
    <nav className="rail" aria-label="Flowdeck">
      <Link href="/executions" className="rail-mark" aria-label="Flowdeck, executions">
        <img src={mark} alt="" width="22" height="22" />
        <span>Flowdeck</span>
      </Link>
      <button
        type="button"
        title="Search"
        className="rail-place rail-search"
        onClick={() => showOverlay('search')}
      >
        <Icon name="search" />
        <span>Search</span>
        <Keys>Ctrl K</Keys>
      </button>
      {PLACES.map(({ href, text, icon }) => (
        <Link
          key={href}
          href={href}
          title={text}
          className="rail-place"
          aria-current={path.startsWith(href) ? 'page' : undefined}
        >
          <Icon name={icon} />
          <span>{text}</span>
        </Link>
      ))}
      <a href="/graphql" title="Playground" className="rail-place">
        <Icon name="playground" />
        <span>Playground</span>
      </a>
      <button
        type="button"
        title="Keys"
        className="rail-place rail-keys"
        onClick={() => showOverlay('keys')}
      >
        <Icon name="keyboard" />
        <span>Keys</span>
        <Keys>?</Keys>
      </button>
      <div className="rail-foot">
        <Live />
        <ThemeSwitch />
      </div>
    </nav>
  );
}

function Live() {
  const connection = useSyncExternalStore(connectionState.subscribe, connectionState.read);
  return (
    <span
      className="live"
      hidden={connection === 'connecting'}
      data-connection={connection}
      role="status"
      title={CONNECTION[connection]}
    >
      <span className="live-mark" aria-hidden="true" />
      <span className="live-word">{CONNECTION[connection]}</span>
    </span>
  );
}

const ALL_THEMES = Object.keys(THEMES) as Theme[];

/** A button for each theme; where there is room for one only, it goes on to the next. */
function ThemeSwitch() {
  const theme = useTheme();
  const next = ALL_THEMES[(ALL_THEMES.indexOf(theme) + 1) % ALL_THEMES.length] ?? 'system';
  return (
    <fieldset className="theme-switch">
      <legend className="unseen">Theme</legend>
      {ALL_THEMES.map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={each === theme}
          aria-label={THEMES[each].text}
          title={THEMES[each].text}
          onClick={() => setTheme(each === theme ? next : each)}
        >
          <Icon name={THEMES[each].icon} size={14} />
        </button>
      ))}
    </fieldset>
  );
}
