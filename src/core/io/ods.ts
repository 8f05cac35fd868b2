// The OpenDocument reader (.ods, .ots): one sheet of a document. Loaded when one is read.
import { openSource, randomAccess } from './open-source.ts';
import { isZip } from './pack/zip.ts';
import { defineReader } from './reader.ts';
import type { SheetParams } from './sheet/read-xlsx.ts';
import { sheetParams } from './sheet/sheet-params.ts';
import { firstName } from './xlsx.ts';

export const ods = defineReader<SheetParams>({
  type: 'ods',
  label: 'OpenDocument sheet',
  extensions: ['ods', 'ots'],
  params: sheetParams,
  sniff: (head) => isZip(head) && firstName(head) === 'mimetype' && new TextDecoder().decode(head.subarray(30, 130)).includes('opendocument'),
  async read(source, params, context) {
    const { readOds } = await import('./sheet/read-ods.ts');
    return readOds(await randomAccess(source, await openSource(source)), params, context);
  },
});
