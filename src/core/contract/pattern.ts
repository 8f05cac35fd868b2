// A pattern compiled once and run over any text in linear time: Thompson's construction (CACM 1968), simulated as a
// deterministic automaton whose states are made as they are met and thrown away when there are too many, as in RE2.
// No text can make it slow, which the engine's own RegExp cannot promise. The pattern is found anywhere unless anchored.
import { BarnacleError } from '../base/errors.ts';
import { parsePattern, type CharTest, type Node } from './pattern-parse.ts';

/** True when the pattern is found in the text. */
export type Pattern = (text: string) => boolean;

type State = { test: CharTest | null; kind: 'char' | 'split' | 'start' | 'end' | 'done'; next: number; other: number };
/** A set of NFA states between two characters: what it goes to for each character, and whether it is a match. */
type Moment = { states: number[]; /** By ASCII code. */ near: (Moment | undefined)[]; far: Map<number, Moment>; found: boolean; foundAtEnd: boolean; /** No character leads on. */ isDead: boolean };
const STATES = 5000;
const MOMENTS = 1000;

/** Throws bad-param for what pattern-parse.ts does not speak, and for repetitions that multiply beyond 5,000 states. */
export function compilePattern(text: string): Pattern {
  const { node, ignoreCase } = parsePattern(text);
  const states: State[] = [];
  const tooMany = (): BarnacleError => new BarnacleError('bad-param', `pattern ${JSON.stringify(text.slice(0, 60))} repeats too much; use smaller numbers in {n,m}`, { path: 'pattern', value: text.slice(0, 60), expected: `at most ${STATES} states` });
  let built = 0;
  const make = (kind: State['kind'], test: CharTest | null, next: number, other = -1): number => {
    if (states.length >= STATES) throw tooMany();
    return states.push({ kind, test, next, other }) - 1;
  };
  /** Builds backwards: the state to enter for `node`, going on to `next`. */
  const build = (of: Node, next: number): number => {
    if (++built > 20 * STATES) throw tooMany();
    if (of.op === 'char') return make('char', of.test, next);
    if (of.op === 'start' || of.op === 'end') return make(of.op, null, next);
    if (of.op === 'sequence') return of.of.reduceRight((to, part) => build(part, to), next);
    if (of.op === 'choice') return of.of.map((part) => build(part, next)).reduceRight((other, entry) => make('split', null, entry, other));
    let entry = next;
    if (of.max === Infinity) {
      const loop = make('split', null, -1, next);
      states[loop].next = build(of.of, loop);
      entry = loop;
    } else for (let i = of.min; i < of.max; i++) entry = make('split', null, build(of.of, entry), next);
    for (let i = 0; i < of.min; i++) entry = build(of.of, entry);
    return entry;
  };
  const entry = build(node, make('done', null, -1));
  return simulate(states, entry, ignoreCase);
}

function simulate(states: readonly State[], entry: number, ignoreCase: boolean): Pattern {
  let moments = new Map<string, Moment>();
  /** All states reachable without a character; `start` anchors pass only at the beginning, `end` anchors only at the end. */
  const closure = (from: readonly number[], atStart: boolean, atEnd: boolean): number[] => {
    const seen = new Set<number>();
    const stack = [...from];
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (seen.has(at)) continue;
      seen.add(at);
      const state = states[at];
      if (state.kind === 'split') stack.push(state.other, state.next);
      else if ((state.kind === 'start' && atStart) || (state.kind === 'end' && atEnd)) stack.push(state.next);
    }
    return [...seen];
  };
  const isDone = (list: readonly number[]): boolean => list.some((at) => states[at].kind === 'done');
  const momentOf = (from: readonly number[], atStart: boolean): Moment => {
    const list = closure(from, atStart, false);
    const kept = list.filter((at) => states[at].kind !== 'split').sort((a, b) => a - b);
    const key = `${atStart}${kept.join(' ')}`;
    const known = moments.get(key);
    if (known) return known;
    if (moments.size >= MOMENTS) moments = new Map();
    const moment: Moment = { states: kept, near: [], far: new Map(), found: isDone(list), foundAtEnd: isDone(closure(list, atStart, true)), isDead: false };
    moment.isDead = !moment.found && !moment.foundAtEnd && kept.every((at) => states[at].kind === 'start' || states[at].kind === 'end');
    moments.set(key, moment);
    return moment;
  };
  const step = (moment: Moment, code: number): Moment => {
    const held = code < 128 ? moment.near[code] : moment.far.get(code);
    if (held) return held;
    const codes = ignoreCase ? casesOf(code) : [code];
    const next = moment.states.filter((at) => codes.some((each) => states[at].test?.(each))).map((at) => states[at].next);
    const made = momentOf([...next, entry], false);
    if (code < 128) moment.near[code] = made;
    else if (moment.far.size < 512) moment.far.set(code, made);
    return made;
  };
  const begin = momentOf([entry], true);
  return (text) => {
    let moment = begin;
    for (let i = 0; i < text.length && !moment.found && !moment.isDead; i++) {
      const code = text.codePointAt(i)!;
      if (code > 0xffff) i++;
      moment = step(moment, code);
    }
    return moment.found || moment.foundAtEnd;
  };
}

function casesOf(code: number): number[] {
  const char = String.fromCodePoint(code);
  return [code, char.toLowerCase().codePointAt(0)!, char.toUpperCase().codePointAt(0)!];
}
