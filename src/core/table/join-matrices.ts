// Two matrices of the same features, one below the other: the rows of `first`, then those of `second`. New arrays.
import type { Matrix, Target } from './matrix.ts';

/** Both must have the same features, classes and kind of target; a missing weight counts as 1. */
export function joinMatrices(first: Matrix, second: Matrix): Matrix {
  const rows = first.rows + second.rows;
  const weight = first.weight || second.weight ? joinFloats(first.weight ?? ones(first.rows), second.weight ?? ones(second.rows)) : null;
  return { rows, features: first.features, data: first.data.map((column, f) => joinFloats(column, second.data[f])), target: joinTargets(first.target, second.target), weight, ...joinGroups(first.groups, second.groups) };
}

/** Each matrix numbers its own groups, so those of the second move up. */
function joinGroups(first: Int32Array | undefined, second: Int32Array | undefined): { groups?: Int32Array } {
  if (!first || !second) return {};
  const shift = first.reduce((most, group) => Math.max(most, group + 1), 0);
  const groups = new Int32Array(first.length + second.length);
  groups.set(first);
  for (let i = 0; i < second.length; i++) groups[first.length + i] = second[i] + shift;
  return { groups };
}

function joinTargets(first: Target | null, second: Target | null): Target | null {
  if (!first || !second) return null;
  if (first.kind === 'class' && second.kind === 'class') {
    const codes = new Int32Array(first.codes.length + second.codes.length);
    codes.set(first.codes);
    codes.set(second.codes, first.codes.length);
    return { ...first, codes };
  }
  if (first.kind !== 'value' || second.kind !== 'value') throw new Error(`a target of kind ${first.kind} cannot be joined with one of kind ${second.kind}`);
  const values = new Float64Array(first.values.length + second.values.length);
  values.set(first.values);
  values.set(second.values, first.values.length);
  return { kind: 'value', values };
}

function joinFloats(first: Float32Array, second: Float32Array): Float32Array {
  const out = new Float32Array(first.length + second.length);
  out.set(first);
  out.set(second, first.length);
  return out;
}

const ones = (rows: number): Float32Array => new Float32Array(rows).fill(1);
