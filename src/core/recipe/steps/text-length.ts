// Free text as two numbers: characters (Unicode code points) and words (runs without white space). The text itself goes.
// A small, honest stand-in for reading the text: no vocabulary, no hashing, one pass over the bytes. Missing stays missing.
import { getBit } from '../../base/bits.ts';
import { makeNumber } from '../../table/build.ts';
import { dropColumns, putColumns } from '../../table/take.ts';
import type { TextColumn } from '../../table/table.ts';
import { columnOf } from '../column-of.ts';
import { freshName } from '../levels.ts';
import { defineStep } from '../step.ts';

type State = { names: { characters: string; words: string }[] };

export const textLength = defineStep<Record<string, never>, State>({
  type: 'text-length',
  label: 'Text length',
  help: 'Replaces free text with its number of characters and of words.',
  takes: ['text'],
  params: {},
  fit(table, columns) {
    const taken = new Set(table.columns.map((c) => c.name));
    return { names: columns.map((name) => ({ characters: freshName(`${name} characters`, taken), words: freshName(`${name} words`, taken) })) };
  },
  apply(table, columns, _params, state, context) {
    const made = columns.flatMap((name, c) => {
      const column = columnOf(table, name) as TextColumn;
      const { characters, words } = measure(column);
      for (const output of Object.values(state.names[c])) context.sources.set(output, context.sources.get(name) ?? name);
      return [makeNumber(state.names[c].characters, characters, column.missing), makeNumber(state.names[c].words, words, column.missing)];
    });
    return putColumns(dropColumns(table, columns), made);
  },
});

function measure({ bytes, offsets, missing }: TextColumn): { characters: Int32Array; words: Int32Array } {
  const rows = offsets.length - 1;
  const characters = new Int32Array(rows);
  const words = new Int32Array(rows);
  for (let i = 0; i < rows; i++) {
    if (missing && getBit(missing, i)) continue;
    let inWord = false;
    for (let b = offsets[i]; b < offsets[i + 1]; b++) {
      const byte = bytes[b];
      if ((byte & 0xc0) !== 0x80) characters[i]++;
      const isSpace = byte === 32 || (byte >= 9 && byte <= 13);
      if (!isSpace && !inWord) words[i]++;
      inWord = !isSpace;
    }
  }
  return { characters, words };
}
