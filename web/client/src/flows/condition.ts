/** Whether an input is asked for, as far as the form can tell: the comparisons people write are understood here, everything else is the server's. */
import { type FlowInput, type Parts, readForm } from './inputs';

type Value = unknown;
/** What cannot be said here. */
class Unknown extends Error {}

const TOKEN =
  /\s*(?:(==|!=|<=|>=|&&|\|\||[<>!()])|"([^"]*)"|'([^']*)'|(\d+(?:\.\d+)?)|([A-Za-z_][\w.]*))/y;

type Token = { readonly kind: 'sign' | 'text' | 'number' | 'name'; readonly text: string };

function tokens(source: string): Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.length) {
    const match = TOKEN.exec(source);
    if (match === null) throw new Unknown();
    const [, sign, double, single, number, name] = match;
    if (sign !== undefined) found.push({ kind: 'sign', text: sign });
    else if (number !== undefined) found.push({ kind: 'number', text: number });
    else if (name !== undefined) found.push({ kind: 'name', text: name });
    else found.push({ kind: 'text', text: double ?? single ?? '' });
  }
  return found;
}

const FALSE = new Set<Value>(['', '0', '-0', 'false', false, 0, null, undefined]);
const holdsTrue = (value: Value): boolean => !FALSE.has(value);
const WORDS: Record<string, Value> = { true: true, false: false, null: null };

/** or, and, not, comparison, value: in the order of how loosely they bind. */
class Reading {
  #at = 0;
  readonly #tokens: readonly Token[];
  readonly #inputs: Value;

  constructor(source: string, inputs: Value) {
    this.#tokens = tokens(source.trim());
    this.#inputs = inputs;
  }

  whole(): Value {
    const value = this.#or();
    if (this.#at < this.#tokens.length) throw new Unknown();
    return value;
  }

  #take(...words: string[]): string | null {
    const token = this.#tokens[this.#at];
    if (token === undefined || token.kind === 'text' || !words.includes(token.text)) return null;
    this.#at += 1;
    return token.text;
  }

  #or(): Value {
    let value = this.#and();
    while (this.#take('or', '||')) {
      const right = this.#and();
      value = holdsTrue(value) || holdsTrue(right);
    }
    return value;
  }

  #and(): Value {
    let value = this.#not();
    while (this.#take('and', '&&')) {
      const right = this.#not();
      value = holdsTrue(value) && holdsTrue(right);
    }
    return value;
  }

  #not(): Value {
    return this.#take('not', '!') ? !holdsTrue(this.#not()) : this.#compared();
  }

  #compared(): Value {
    const left = this.#value();
    const sign = this.#take('==', '!=', '<', '>', '<=', '>=');
    if (sign === null) return left;
    const right = this.#value();
    if (sign === '==') return left === right;
    if (sign === '!=') return left !== right;
    if (typeof left !== 'number' || typeof right !== 'number') throw new Unknown();
    if (sign === '<') return left < right;
    if (sign === '>') return left > right;
    return sign === '<=' ? left <= right : left >= right;
  }

  #value(): Value {
    if (this.#take('(')) {
      const value = this.#or();
      if (!this.#take(')')) throw new Unknown();
      return value;
    }
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token?.kind === 'text') return token.text;
    if (token?.kind === 'number') return Number(token.text);
    if (token?.kind !== 'name') throw new Unknown();
    if (Object.hasOwn(WORDS, token.text)) return WORDS[token.text];
    const [root, ...path] = token.text.split('.');
    if (root !== 'inputs' || path.length === 0) throw new Unknown();
    return path.reduce<Value>(
      (value, key) =>
        typeof value === 'object' && value !== null ? (value as Record<string, Value>)[key] : null,
      this.#inputs,
    );
  }
}

/** Whether `{{ … }}` holds for these inputs; null when only the server can say. */
export function holds(condition: string, inputs: Readonly<Record<string, Value>>): boolean | null {
  const inner = /^\s*\{\{([\s\S]*)\}\}\s*$/.exec(condition)?.[1];
  if (inner === undefined || inner.includes('{{')) return null;
  try {
    return holdsTrue(new Reading(inner, inputs).whole());
  } catch (error) {
    if (error instanceof Unknown) return null;
    throw error;
  }
}

/** The inputs to ask for: not those whose condition does not hold, nor those that depend on one of them. */
export function askedFor(declared: readonly FlowInput[], held: Parts): readonly FlowInput[] {
  const { inputs } = readForm(declared, held);
  const out = new Set<string>();
  for (let before = -1; before < out.size; ) {
    before = out.size;
    for (const { id, condition, dependsOn = [] } of declared)
      if ((condition && holds(condition, inputs) === false) || dependsOn.some((on) => out.has(on)))
        out.add(id);
  }
  return declared.filter(({ id }) => !out.has(id));
}
