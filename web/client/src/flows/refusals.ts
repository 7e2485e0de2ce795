/** Which field of a form each error of the API is about. */
import type { FlowInput } from './inputs';

interface UserError {
  readonly message: string;
  readonly path?: readonly string[] | null;
}

export interface Refusals {
  /** By the input's id. */
  readonly problems: Readonly<Record<string, string>>;
  /** What is about none of them, in a sentence or several. */
  readonly general: string;
}

export function refusals(inputs: readonly FlowInput[], errors: readonly UserError[]): Refusals {
  const ids = new Set(inputs.map(({ id }) => id));
  const owner = ({ path }: UserError) =>
    path?.find((part) => ids.has(part) || ids.has(part.split('.')[0] ?? ''));
  const problems: Record<string, string> = {};
  const rest: string[] = [];
  for (const error of errors) {
    const id = owner(error);
    if (id === undefined) rest.push(error.message);
    else problems[id] = error.message;
  }
  return { problems, general: rest.join(' ') };
}
