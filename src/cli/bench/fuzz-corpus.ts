// Small files of every format to damage: what the writers make of one table of all kinds, and the golden files that lie
// in the tests' folder (formats that we read and do not write). Each entry is read once undamaged to know that it is sound.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { defaults } from '../../core/base/params.ts';
import { quiet } from '../../core/base/task.ts';
import { writers } from '../../core/io/writers.ts';
import { joinBytes } from '../../core/io/source.ts';
import { categoriesOf, makeBoolean, makeTable, makeTime, numbersOf, textsOf } from '../../core/table/build.ts';

export type Sample = { name: string; bytes: Uint8Array };
const largest = 32_000;

export async function fuzzCorpus(golden: string): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (const writer of writers.all) {
    const { chunks } = await writer.write(allKinds(), defaults(writer.params as never), quiet);
    const bytes = joinBytes(chunks);
    samples.push({ name: `written.${writer.extension}`, bytes }, { name: `written.${writer.extension}.gz`, bytes: Uint8Array.from(gzipSync(bytes)) });
  }
  for (const name of filesIn(golden)) if (!name.endsWith('.expected.json') && !name.endsWith('.ts') && !name.endsWith('.py')) samples.push({ name, bytes: Uint8Array.from(readFileSync(join(golden, name))) });
  return samples.filter((sample) => sample.bytes.length <= largest);
}

function filesIn(folder: string): string[] {
  try {
    return readdirSync(folder).filter((name) => statSync(join(folder, name)).isFile()).sort();
  } catch {
    return [];
  }
}

function allKinds() {
  const rows = 30;
  const every = <T>(make: (i: number) => T): T[] => Array.from({ length: rows }, (_, i) => make(i));
  return makeTable([
    numbersOf('whole', every((i) => (i % 7 ? i * 1000 : null))),
    numbersOf('real', every((i) => i / 7 - 2)),
    categoriesOf('level', every((i) => ['red', 'grün', 'a, "b"', ''][i % 4])),
    textsOf('text', every((i) => (i % 5 ? `row ${i}; "quoted", line\nbreak é` : null))),
    makeBoolean('flag', Uint8Array.from(every((i) => i & 1))),
    makeTime('day', Float64Array.from(every((i) => i * 86_400_000)), 'day'),
  ]);
}
