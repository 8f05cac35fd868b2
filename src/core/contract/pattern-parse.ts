// Pattern text -> a tree. The part of regular expressions that runs in linear time: literals, ., classes, \d \w \s \p{L},
// groups, |, * + ? {n,m}, ^ $, and (?i) at the start. Look-around, back-references, \b and named groups are refused with
// bad-param, which says where. Depth, length and repetition are capped, so a hostile pattern costs nothing.
import { BarnacleError } from '../base/errors.ts';

/** Tests one code point. */
export type CharTest = (code: number) => boolean;
export type Node =
  | { op: 'char'; test: CharTest }
  | { op: 'start' }
  | { op: 'end' }
  | { op: 'sequence'; of: Node[] }
  | { op: 'choice'; of: Node[] }
  | { op: 'repeat'; of: Node; min: number; max: number };

const LENGTH = 1000;
const DEPTH = 50;
export const REPEATS = 1000;

const between = (low: number, high: number): CharTest => (code) => code >= low && code <= high;
const any = (...tests: CharTest[]): CharTest => (code) => tests.some((test) => test(code));
const not = (test: CharTest): CharTest => (code) => !test(code);
const digit = between(48, 57);
const word = any(digit, between(65, 90), between(97, 122), (code) => code === 95);
const space: CharTest = (code) => code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0xfeff || code === 0x2028 || code === 0x2029 || code === 0x1680 || code === 0x202f || code === 0x205f || code === 0x3000 || (code >= 0x2000 && code <= 0x200a);
const classes: { [letter: string]: CharTest } = { d: digit, D: not(digit), w: word, W: not(word), s: space, S: not(space) };
const properties: { [name: string]: RegExp } = { L: /\p{L}/u, Lu: /\p{Lu}/u, Ll: /\p{Ll}/u, N: /\p{N}/u, Nd: /\p{Nd}/u, P: /\p{P}/u, S: /\p{S}/u, Z: /\p{Z}/u };
const controls: { [letter: string]: number } = { t: 9, n: 10, v: 11, f: 12, r: 13, 0: 0 };

/** Throws bad-param. */
export function parsePattern(text: string): { node: Node; ignoreCase: boolean } {
  if (text.length > LENGTH) throw unfit(text, 0, `at most ${LENGTH} characters`);
  const ignoreCase = text.startsWith('(?i)');
  const chars = [...(ignoreCase ? text.slice(4) : text)];
  let at = 0;
  const fail = (expected: string): BarnacleError => unfit(text, at + (ignoreCase ? 4 : 0), expected);
  const take = (char: string): boolean => chars[at] === char && ++at > 0;

  const choice = (depth: number): Node => {
    if (depth > DEPTH) throw fail(`groups at most ${DEPTH} deep`);
    const of = [sequence(depth)];
    while (take('|')) of.push(sequence(depth));
    return of.length === 1 ? of[0] : { op: 'choice', of };
  };
  const sequence = (depth: number): Node => {
    const of: Node[] = [];
    while (at < chars.length && chars[at] !== '|' && chars[at] !== ')') of.push(repeated(atom(depth)));
    return { op: 'sequence', of };
  };
  const repeated = (node: Node): Node => {
    const range = quantifier();
    if (!range) return node;
    if (node.op === 'start' || node.op === 'end') throw fail('no quantifier behind an anchor');
    take('?');
    if (chars[at] === '+' || chars[at] === '*') throw fail('one quantifier, not two (possessive ones are not spoken)');
    return { op: 'repeat', of: node, min: range[0], max: range[1] };
  };
  const quantifier = (): [number, number] | null => {
    if (take('*')) return [0, Infinity];
    if (take('+')) return [1, Infinity];
    if (take('?')) return [0, 1];
    if (chars[at] !== '{') return null;
    const end = chars.indexOf('}', at);
    const m = end < 0 ? null : /^(\d{1,5})(,(\d{1,5})?)?$/.exec(chars.slice(at + 1, end).join(''));
    if (!m) throw fail('{n}, {n,} or {n,m}; write \\{ for a brace');
    const [min, max] = [Number(m[1]), m[2] === undefined ? Number(m[1]) : m[3] === undefined ? Infinity : Number(m[3])];
    if (min > REPEATS || (max !== Infinity && max > REPEATS) || max < min) throw fail(`0 <= n <= m <= ${REPEATS} in {n,m}`);
    at = end + 1;
    return [min, max];
  };
  const atom = (depth: number): Node => {
    const char = chars[at++];
    if (char === '^') return { op: 'start' };
    if (char === '$') return { op: 'end' };
    if (char === '.') return { op: 'char', test: not((code) => code === 10 || code === 13 || code === 0x2028 || code === 0x2029) };
    if (char === '[') return { op: 'char', test: set() };
    if (char === '\\') return { op: 'char', test: escape(false) };
    if (char === '(') {
      if (take('?') && !take(':')) throw fail('(...) or (?:...); look-around, named groups and flags inside are not spoken');
      const node = choice(depth + 1);
      if (!take(')')) throw fail('a closing )');
      return node;
    }
    if (char === '*' || char === '+' || char === '?' || char === '{') throw at--, fail('something before a quantifier');
    return literal(char.codePointAt(0)!);
  };
  const literal = (code: number): Node => ({ op: 'char', test: (other) => other === code });
  const escape = (inSet: boolean): CharTest => {
    const code = escapedCode();
    if (code !== null) return (other) => other === code;
    const letter = chars[at++];
    if (letter === undefined) throw fail('a character behind \\');
    if (Object.hasOwn(classes, letter)) return classes[letter];
    if (letter === 'p' || letter === 'P') {
      const end = chars.indexOf('}', at);
      const name = chars[at] === '{' && end > 0 ? chars.slice(at + 1, end).join('') : '';
      if (!Object.hasOwn(properties, name)) throw fail(`\\p{...} with one of ${Object.keys(properties).join(', ')}`);
      at = end + 1;
      const test: CharTest = (other) => properties[name].test(String.fromCodePoint(other));
      return letter === 'p' ? test : not(test);
    }
    if (/[A-Za-z0-9]/.test(letter)) throw at--, fail(`no \\${letter}${inSet ? ' in [...]' : ''} (back-references and \\b are not spoken)`);
    const own = letter.codePointAt(0)!;
    return (other) => other === own;
  };
  /** \t, \x41, \u0041: a single code; null for all else, having read nothing. */
  const escapedCode = (): number | null => {
    const letter = chars[at];
    if (letter !== undefined && Object.hasOwn(controls, letter)) return at++, controls[letter];
    const width = letter === 'x' ? 2 : letter === 'u' ? 4 : 0;
    if (!width) return null;
    const hex = chars.slice(at + 1, at + 1 + width).join('');
    if (!/^[0-9a-f]+$/i.test(hex) || hex.length !== width) throw fail(`${width} hexadecimal digits behind \\${letter}`);
    at += 1 + width;
    return parseInt(hex, 16);
  };
  const set = (): CharTest => {
    const negated = take('^');
    const tests: CharTest[] = [];
    for (let first = true; first || chars[at] !== ']'; first = false) {
      if (at >= chars.length) throw fail('a closing ]');
      const low = member(tests);
      if (chars[at] !== '-' || chars[at + 1] === ']' || at + 1 >= chars.length) {
        if (low !== null) tests.push((code) => code === low);
        continue;
      }
      at++;
      const high = member([]);
      if (low === null || high === null || high < low) throw fail('a range like a-z');
      tests.push(between(low, high));
    }
    at++;
    return negated ? not(any(...tests)) : any(...tests);
  };
  /** One member of [...]: its code, or null when it is a class, which goes into `tests`. */
  const member = (tests: CharTest[]): number | null => {
    const char = chars[at++];
    if (char !== '\\') return char.codePointAt(0)!;
    const code = escapedCode();
    if (code !== null) return code;
    if (chars[at] !== undefined && !/[A-Za-z0-9]/.test(chars[at])) return chars[at++].codePointAt(0)!;
    tests.push(escape(true));
    return null;
  };

  const node = choice(0);
  if (at < chars.length) throw fail('no closing ) without its (');
  return { node, ignoreCase };
}

function unfit(text: string, at: number, expected: string): BarnacleError<'bad-param'> {
  const shown = text.length > 60 ? `${text.slice(0, 60)}...` : text;
  return new BarnacleError('bad-param', `pattern ${JSON.stringify(shown)} cannot be read at character ${at + 1}; expected ${expected}`, { path: 'pattern', value: shown, expected });
}
