// Drop `x.csv` (or any format) and `x.csv.expected.json` here and it is tested: kinds, cells, rejected lines, Notes, how it was read.
// To record: write {} into the expected file and copy what the failure prints, after checking it by eye.
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { quiet } from '../../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../../src/core/io/index.ts';
import { cellText } from '../../../src/core/table/cell.ts';

const folder = new URL('./', import.meta.url);
const expected = readdirSync(folder).filter((name) => name.endsWith('.expected.json'));

test.each(expected)('%s', async (file) => {
  const name = file.replace('.expected.json', '');
  const { table, notes, rejected, how } = await readTable(bytesSource(name, readFileSync(new URL(name, folder))), {}, quiet);
  const { format, delimiter, header, encoding, decimal } = how;
  const columns = table.columns.map((column) => ({ name: column.name, kind: column.kind, cells: Array.from({ length: Math.min(table.rows, 5) }, (_, row) => cellText(column, row)) }));
  const found = { rows: table.rows, columns, rejected: rejected.map((r) => [r.line, r.text]), notes: notes.map((n) => `${n.code}${n.column ? ` ${n.column}` : ''}${n.rows === null ? '' : ` ${n.rows}`}`), how: { format, delimiter, header, encoding, decimal } };
  expect(JSON.parse(JSON.stringify(found))).toEqual(JSON.parse(readFileSync(new URL(file, folder), 'utf8')));
});
