// The Excel reader (.xlsx, .xlsm): one sheet of a workbook. Loaded when one is read; macros are never looked at.
import { openSource, randomAccess } from './open-source.ts';
import { isZip } from './pack/zip.ts';
import { defineReader } from './reader.ts';
import type { SheetParams } from './sheet/read-xlsx.ts';
import { sheetParams } from './sheet/sheet-params.ts';

export const xlsx = defineReader<SheetParams>({
  type: 'xlsx',
  label: 'Excel workbook',
  extensions: ['xlsx', 'xlsm', 'xltx'],
  params: sheetParams,
  sniff: (head) => isZip(head) && /^(\[Content_Types\]\.xml|_rels\/|docProps\/|xl\/|customXml\/|word\/|ppt\/)/i.test(firstName(head)),
  async read(source, params, context) {
    const { readXlsx } = await import('./sheet/read-xlsx.ts');
    return readXlsx(await randomAccess(source, await openSource(source)), params, context);
  },
});

/** The name of an archive's first entry. */
export function firstName(head: Uint8Array): string {
  const length = head.length > 30 ? head[26] | (head[27] << 8) : 0;
  return new TextDecoder().decode(head.subarray(30, 30 + Math.min(length, 200)));
}
