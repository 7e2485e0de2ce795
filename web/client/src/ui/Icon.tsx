import { ICONS, type IconName } from './icons';
import './kit.css';

/** A drawing in the colour of the text around it. Decoration: what holds it carries the words. */
export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" width={size} height={size} aria-hidden="true">
      <path d={ICONS[name]} />
    </svg>
  );
}
