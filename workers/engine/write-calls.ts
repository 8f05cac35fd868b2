// Datasets out: the whole table as a file in one of the writers' formats.
import { parseParams } from '../../src/core/base/params.ts';
import { writers } from '../../src/core/io/writers.ts';
import type { EngineApi } from '../../src/wire/engine.ts';
import { exportFile, safeName } from './serve-calls.ts';
import type { Session } from './session.ts';

type Calls = Pick<EngineApi, 'writeData'>;

export const writeCalls = (session: Session): Calls => ({
  writeData: (job, dataset, type, params, name, onProgress) =>
    session.jobs.during(job, async (running) => {
      const writer = writers.get(type);
      const { chunks, notes } = await writer.write(await session.table(dataset), parseParams(writer.params, params, type), running.context(onProgress));
      return { file: exportFile(`${safeName(name)}.${writer.extension}`, writer.mime, new Blob(chunks as Uint8Array<ArrayBuffer>[], { type: writer.mime })), notes };
    }),
});
