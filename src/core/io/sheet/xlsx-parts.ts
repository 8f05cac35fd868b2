// The parts of an Excel workbook around its sheets (ECMA-376): which sheets there are and where, the shared strings, and
// which cell styles show a date or a time.
import type { ByteSource } from '../reader.ts';
import { entryChunks, type ZipEntry } from '../pack/zip.ts';
import { scanXml, type XmlSink } from './scan-xml.ts';

export type Style = 'number' | 'date' | 'clock';
export type Workbook = { sheets: { name: string; entry: ZipEntry; isHidden: boolean }[]; is1904: boolean; strings: ZipEntry | null; styles: ZipEntry | null; hasMacros: boolean };

const MOST_PART = 256 * 1024 ** 2;
const MOST_STRINGS = 2 ** 28;
const MOST_ENTRIES = 20_000_000;
const nothing: XmlSink = { open: () => {}, close: () => {}, text: () => {} };

/** Entries by their name, without a leading slash and in lower case: writers disagree on both. */
const byName = (entries: readonly ZipEntry[]): Map<string, ZipEntry> => new Map(entries.map((e) => [e.name.replace(/^\//, '').replaceAll('\\', '/').toLowerCase(), e]));

/** Null when the archive holds no workbook. */
export async function readWorkbook(source: ByteSource, entries: readonly ZipEntry[]): Promise<Workbook | null> {
  const parts = byName(entries);
  const root = (await relations(source, parts.get('_rels/.rels'), '')).find((r) => r.type.endsWith('/officeDocument'))?.target ?? 'xl/workbook.xml';
  const book = parts.get(root);
  if (!book || !/workbook/i.test(root)) return null;
  const folder = root.slice(0, root.lastIndexOf('/') + 1);
  const links = await relations(source, parts.get(`${folder}_rels/${root.slice(folder.length)}.rels`), folder);
  const sheets: Workbook['sheets'] = [];
  let is1904 = false;
  await scanXml(entryChunks(source, book, MOST_PART), {
    ...nothing,
    open(name, attribute) {
      if (name === 'workbookPr') is1904 = attribute('date1904') === '1' || attribute('date1904') === 'true';
      if (name !== 'sheet') return;
      const link = links.find((r) => r.id === attribute('id'));
      const entry = link && parts.get(link.target);
      if (entry && link.type.endsWith('/worksheet')) sheets.push({ name: attribute('name') ?? link.target, entry, isHidden: attribute('state') !== null && attribute('state') !== 'visible' });
    },
  });
  const part = (type: string): ZipEntry | null => parts.get(links.find((r) => r.type.endsWith(`/${type}`))?.target ?? '') ?? null;
  return { sheets, is1904, strings: part('sharedStrings'), styles: part('styles'), hasMacros: parts.has(`${folder}vbaproject.bin`) };
}

async function relations(source: ByteSource, entry: ZipEntry | undefined, folder: string): Promise<{ id: string; type: string; target: string }[]> {
  const found: { id: string; type: string; target: string }[] = [];
  if (!entry) return found;
  await scanXml(entryChunks(source, entry, MOST_PART), {
    ...nothing,
    open(name, attribute) {
      const target = attribute('Target');
      if (name === 'Relationship' && target !== null && attribute('TargetMode') !== 'External') found.push({ id: attribute('Id') ?? '', type: attribute('Type') ?? '', target: resolve(folder, target).toLowerCase() });
    },
  });
  return found;
}

/** A place within the archive; only ever looked up in its directory. */
function resolve(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const steps = folder.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
}

export async function readStrings(source: ByteSource, entry: ZipEntry | null): Promise<string[]> {
  const strings: string[] = [];
  if (!entry) return strings;
  let text = '';
  let total = 0;
  let isText = false;
  let phonetic = 0;
  await scanXml(entryChunks(source, entry, 4 * MOST_STRINGS), {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') phonetic++;
      else if (name === 't') isText = true;
    },
    close(name) {
      if (name === 'si') {
        if (strings.push(unescapeX(text)) > MOST_ENTRIES) throw new Error('it has too many shared strings');
      }
      else if (name === 'rPh') phonetic--;
      else if (name === 't') isText = false;
    },
    text(piece) {
      if (!isText || phonetic) return;
      text += piece;
      total += piece.length;
      if (total > MOST_STRINGS) throw new Error('its shared strings are too long');
    },
  });
  return strings;
}

/** Excel writes control characters as _x000D_. */
export const unescapeX = (text: string): string => (text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) : text);

/** What each cell style shows. */
export async function readStyles(source: ByteSource, entry: ZipEntry | null): Promise<Style[]> {
  const codes = new Map<number, string>();
  const styles: Style[] = [];
  if (!entry) return styles;
  let isCell = false;
  await scanXml(entryChunks(source, entry, MOST_PART), {
    ...nothing,
    open(name, attribute) {
      if (name === 'numFmt') codes.set(Number(attribute('numFmtId')), attribute('formatCode') ?? '');
      else if (name === 'cellXfs') isCell = true;
      else if (name === 'xf' && isCell) {
        const id = Number(attribute('numFmtId') ?? 0);
        styles.push(codes.has(id) ? styleOf(codes.get(id)!) : builtIn(id));
      }
    },
    close(name) {
      if (name === 'cellXfs') isCell = false;
    },
  });
  return styles;
}

function builtIn(id: number): Style {
  if ((id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'date';
  return (id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) ? 'clock' : 'number';
}

/** Reads a format code: letters of a date or time outside of quotes, escapes and colours. */
export function styleOf(code: string): Style {
  const bare = code.slice(0, 200).split(';')[0].replace(/"[^"]*"?|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '').toLowerCase();
  if (/general|[#0?]/.test(bare.replace(/s\.0+/g, ''))) return 'number';
  if (/[yd]/.test(bare) || (/m/.test(bare) && !/[hs]/.test(bare))) return 'date';
  return /[hs]/.test(bare) ? 'clock' : 'number';
}
