/** How executions and what started them are called, and where their pages are. */
import type { IconName } from '../ui/icons';

/** The last eight characters: ids sort by birth, so their beginnings are alike. */
export const shortId = (id: string): string => id.slice(-8);

export const executionHref = (id: string, tab = ''): string =>
  `/executions/${id}${tab && `/${tab}`}`;

export const flowHref = (namespace: string, flowId: string, tab = ''): string =>
  `/flows/${encodeURIComponent(namespace)}/${encodeURIComponent(flowId)}${tab && `/${tab}`}`;

const WORD = /([a-z])([A-Z])/g;
const lastName = (type: string): string => type.slice(type.lastIndexOf('.') + 1);

export function triggerName(
  trigger: { triggerId: string; type: string } | null | undefined,
): string {
  if (!trigger) return 'by hand';
  return trigger.triggerId || lastName(trigger.type).replace(WORD, '$1 $2').toLowerCase();
}

/** A drawing for the kind of trigger, by the last name of its type. */
export function triggerIcon(type: string | null | undefined): IconName {
  if (!type) return 'hand';
  const name = lastName(type);
  if (name.startsWith('Schedule')) return 'clock';
  if (name === 'Webhook') return 'hook';
  return name === 'Flow' || name === 'Subflow' || name.startsWith('ForEach') ? 'flows' : 'link';
}

/** Whether people gave the label; those of the product are for machines. */
export const isOwnLabel = ({ key }: { readonly key: string }): boolean =>
  !key.startsWith('system.');
