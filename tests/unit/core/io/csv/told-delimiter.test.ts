import { expect, test } from 'vitest';
import { quiet } from '../../../../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../../../../src/core/io/index.ts';

const read = (text: string) => readTable(bytesSource('x.csv', new TextEncoder().encode(text)), {}, quiet);

test.each(['sep=;\na;b\n1;2,5\n3;4,5\n', 'SEP=;\r\na;b\r\n1;2,5\r\n3;4,5\r\n'])('Excel says the delimiter in the first line: %j', async (text) => {
  const { table, how, rejected } = await read(text);
  expect([table.rows, table.columns.map((column) => column.name), how.delimiter]).toEqual([2, ['a', 'b'], ';']);
  expect(rejected.map((row) => row.text.toLowerCase())).toEqual(['sep=;']);
});

test('a column that is called so is one', async () => {
  const { table } = await read('sep=x,b\n1,2\n');
  expect(table.columns.map((column) => column.name)).toEqual(['sep=x', 'b']);
});
