import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import { bytesSource, readTable } from '../../../../src/core/io/index.ts';
import { makeZip } from './make-zip.ts';

const csv = 'a,b\n1,2\n3,4\n';
const read = (bytes: Uint8Array) => readTable(bytesSource('x.zip', bytes), {}, quiet);

test('an archive in an archive is opened', async () => {
  const inner = makeZip({ 'p1.csv': csv, 'p2.csv': csv });
  const { table } = await read(makeZip({ 'inner.zip': inner }));
  expect([table.rows, table.columns.length]).toEqual([4, 2]);
});

test('archives nested without end are refused', async () => {
  let bytes: Uint8Array | string = csv;
  for (let i = 0; i < 6; i++) bytes = makeZip({ 'a.zip': bytes, 'b.zip': bytes });
  await expect(read(bytes as Uint8Array)).rejects.toMatchObject({ code: 'unsupported-format' });
});
