// The Avro reader: object container files, plain or packed with deflate, snappy or zstd. Loaded when one is read.
import { openSource, randomAccess } from './open-source.ts';
import { defineReader } from './reader.ts';

export const avro = defineReader<{ [key: string]: never }>({
  type: 'avro',
  label: 'Avro',
  extensions: ['avro'],
  params: {},
  sniff: (head) => head[0] === 0x4f && head[1] === 0x62 && head[2] === 0x6a && head[3] === 1,
  async read(source, _params, context) {
    const { readAvro } = await import('./avro/read-avro.ts');
    return readAvro(await randomAccess(source, await openSource(source)), context);
  },
});
