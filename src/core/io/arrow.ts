// The Arrow reader: IPC files (Feather 2) and streams, plain or with packed buffers. Loaded when one is read.
import { isArrowFile, isArrowStream } from './arrow/messages.ts';
import { openSource, randomAccess } from './open-source.ts';
import { defineReader } from './reader.ts';

export const arrow = defineReader<{ [key: string]: never }>({
  type: 'arrow',
  label: 'Arrow or Feather',
  extensions: ['arrow', 'feather', 'ipc', 'arrows'],
  params: {},
  sniff: (head) => isArrowFile(head) || isArrowStream(head),
  async read(source, _params, context) {
    const { readArrow } = await import('./arrow/read-arrow.ts');
    return readArrow(await randomAccess(source, await openSource(source)), context);
  },
});
