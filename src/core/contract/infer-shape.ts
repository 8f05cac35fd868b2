// Values that all have one shape -> its pattern: "AB-1234", "CD-77" -> ^[A-Z]{2}-\d+$. Runs of capitals, small letters and
// digits (ASCII) are classes, all else stands for itself. Only for codes: there must be digits, or one run of capitals of
// fixed length. Lengths are fixed only where at least 50 different values agree, so that a few rows do not bind the rest.
const MOST_RUNS = 12;
const MOST_LENGTH = 60;
const FEWEST = 20;
const SURE = 50;

type Run = { of: string; min: number; max: number };
const classes: { [of: string]: string } = { A: '[A-Z]', a: '[a-z]', 9: '\\d' };

/** Null when two values differ in shape, when there are fewer than 20 different ones, or when they do not look like codes. Values may repeat. */
export function inferShape(values: Iterable<string>): string | null {
  let shape: Run[] | null = null;
  const different = new Set<string>();
  for (const value of values) {
    const runs = runsOf(value);
    if (!runs || (shape && shape.length !== runs.length)) return null;
    if (!shape) shape = runs;
    else if (!join(shape, runs)) return null;
    if (different.size < SURE) different.add(value);
  }
  if (!shape || different.size < FEWEST) return null;
  const isFixed = different.size >= SURE;
  const [only] = shape;
  const isCode = shape.some((run) => run.of === '9') || (shape.length === 1 && only.of === 'A' && only.min === only.max && only.max <= 5 && isFixed);
  return isCode ? `^${shape.map((run) => runText(run, isFixed)).join('')}$` : null;
}

function runsOf(value: string): Run[] | null {
  if (!value || value.length > MOST_LENGTH) return null;
  const runs: Run[] = [];
  for (const char of value) {
    const of = char >= '0' && char <= '9' ? '9' : char >= 'A' && char <= 'Z' ? 'A' : char >= 'a' && char <= 'z' ? 'a' : `=${char}`;
    const last = runs.at(-1);
    if (last && last.of === of) {
      last.min++;
      last.max++;
    } else if (runs.length === MOST_RUNS) return null;
    else runs.push({ of, min: 1, max: 1 });
  }
  return runs;
}

function join(shape: Run[], runs: readonly Run[]): boolean {
  for (let i = 0; i < shape.length; i++) {
    if (shape[i].of !== runs[i].of) return false;
    shape[i].min = Math.min(shape[i].min, runs[i].min);
    shape[i].max = Math.max(shape[i].max, runs[i].max);
  }
  return true;
}

function runText({ of, min, max }: Run, isFixed: boolean): string {
  const one = Object.hasOwn(classes, of) ? classes[of] : of.slice(1).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
  if (min === max && isFixed) return max === 1 ? one : `${one}{${max}}`;
  return min === max && max === 1 && !Object.hasOwn(classes, of) ? one : `${one}+`;
}
