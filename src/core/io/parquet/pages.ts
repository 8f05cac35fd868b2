// The pages of one column chunk, one after the other: definition levels, then values or dictionary indices as they lie there.
// Sizes that the headers claim are checked before anything is allocated. Thrift headers, decompression and the value
// encodings are hyparquet's; levels and indices are decoded here into Int32Arrays, because a column needs no more.
import type { Compressors, DecodedArray, PageHeader } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { deltaBinaryUnpack, deltaByteArray, deltaLengthByteArray } from 'hyparquet/src/delta.js';
import { byteStreamSplit } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import type { Leaf } from './leaf.ts';
import { readHybrid } from './hybrid.ts';

/** A page may unpack to this much at most. */
const MOST_PAGE = 512 * 1024 ** 2;

export interface PageSink {
  /** Values of a new dictionary; indices of later pages point into it. */
  dictionary(values: DecodedArray): void;
  /** `levels` null = every row present; else a row is present where its level equals `top`. */
  values(rows: number, levels: Int32Array | null, top: number, values: DecodedArray): void;
  indices(rows: number, levels: Int32Array | null, top: number, indices: Int32Array, dictionaryLength: number): void;
}

/** Reads pages until `rows` rows were given. Throws when the chunk ends before or holds more. */
export function readPages(chunk: Uint8Array, leaf: Leaf, codec: string, compressors: Compressors, rows: number, sink: PageSink): void {
  const reader = { view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength), offset: 0 };
  let given = 0;
  let dictionaryLength = -1;
  while (given < rows) {
    if (reader.offset >= chunk.length) throw new Error(`column ${leaf.name}: its pages hold ${given} of ${rows} rows`);
    const header = parquetHeader(reader);
    const packed = header.compressed_page_size;
    const size = header.uncompressed_page_size;
    if (!(packed >= 0) || reader.offset + packed > chunk.length) throw new Error(`column ${leaf.name}: a page of ${packed} bytes reaches past its chunk`);
    if (!(size >= 0) || size > MOST_PAGE) throw new Error(`column ${leaf.name}: a page claims ${size} bytes; at most ${MOST_PAGE} are read`);
    const bytes = chunk.subarray(reader.offset, reader.offset + packed);
    reader.offset += packed;
    if (header.type === 'DICTIONARY_PAGE') {
      const values = readDictionary(bytes, header, leaf, codec, compressors);
      dictionaryLength = values.length;
      sink.dictionary(values);
    } else if (header.type === 'DATA_PAGE' || header.type === 'DATA_PAGE_V2') given += readData(bytes, header, leaf, codec, compressors, rows - given, dictionaryLength, sink);
  }
}

function readDictionary(bytes: Uint8Array, header: PageHeader, leaf: Leaf, codec: string, compressors: Compressors): DecodedArray {
  const count = header.dictionary_page_header?.num_values ?? -1;
  const page = unpack(bytes, header.uncompressed_page_size, codec, compressors);
  if (count < 0 || count > page.length * 8) throw new Error(`column ${leaf.name}: a dictionary claims ${count} values in ${page.length} bytes`);
  return readPlain({ view: viewOf(page), offset: 0 }, leaf.type, count, leaf.element.type_length);
}

function readData(bytes: Uint8Array, header: PageHeader, leaf: Leaf, codec: string, compressors: Compressors, room: number, dictionaryLength: number, sink: PageSink): number {
  const v1 = header.data_page_header;
  const v2 = header.data_page_header_v2;
  const rows = v1 ? v1.num_values : v2 ? v2.num_values : -1;
  const encoding = v1?.encoding ?? v2?.encoding;
  if (!(rows >= 0) || rows > room) throw new Error(`column ${leaf.name}: a page claims ${rows} rows where ${room} are left`);
  let page: Uint8Array;
  let at = 0;
  let levels: Int32Array | null = null;
  if (v2) {
    const before = v2.repetition_levels_byte_length + v2.definition_levels_byte_length;
    if (!(before >= 0) || before > bytes.length) throw new Error(`column ${leaf.name}: levels of ${before} bytes reach past their page`);
    if (leaf.top) levels = readHybrid(bytes, v2.repetition_levels_byte_length, before, widthOf(leaf.top), rows);
    const values = bytes.subarray(before);
    page = v2.is_compressed === false || values.length === 0 ? values : unpack(values, header.uncompressed_page_size - before, codec, compressors);
  } else {
    page = unpack(bytes, header.uncompressed_page_size, codec, compressors);
    if (leaf.top && rows) {
      if (page.length < 4) throw new Error(`column ${leaf.name}: a page is cut off`);
      const length = viewOf(page).getUint32(0, true);
      if (length + 4 > page.length) throw new Error(`column ${leaf.name}: levels of ${length} bytes reach past their page`);
      levels = readHybrid(page, 4, 4 + length, widthOf(leaf.top), rows);
      at = 4 + length;
    }
  }
  let present = rows;
  if (levels) for (let i = 0; i < rows; i++) if (levels[i] !== leaf.top) present--;
  if (present === rows) levels = null;
  if (present === 0) sink.values(rows, levels, leaf.top, []);
  else if (encoding === 'PLAIN_DICTIONARY' || encoding === 'RLE_DICTIONARY') {
    if (dictionaryLength < 0) throw new Error(`column ${leaf.name}: indices before their dictionary`);
    const indices = readHybrid(page, at + 1, page.length, page[at], present);
    for (let i = 0; i < present; i++) if (indices[i] >>> 0 >= dictionaryLength) throw new Error(`column ${leaf.name}: index ${indices[i] >>> 0} in a dictionary of ${dictionaryLength}`);
    sink.indices(rows, levels, leaf.top, indices, dictionaryLength);
  } else sink.values(rows, levels, leaf.top, readValues(page, at, encoding ?? 'none', leaf, present));
  return rows;
}

function readValues(page: Uint8Array, at: number, encoding: string, leaf: Leaf, count: number): DecodedArray {
  const reader = { view: viewOf(page), offset: at };
  const left = page.length - at;
  if (count > left * 8 && encoding !== 'DELTA_BINARY_PACKED' && encoding !== 'RLE') throw new Error(`column ${leaf.name}: ${count} values in ${left} bytes`);
  switch (encoding) {
    case 'PLAIN':
      return readPlain(reader, leaf.type, count, leaf.element.type_length);
    case 'RLE': {
      const start = at + 4;
      return Array.from(readHybrid(page, start, page.length, 1, count), (v) => v === 1);
    }
    case 'BYTE_STREAM_SPLIT':
      return byteStreamSplit(reader, count, leaf.type, leaf.element.type_length);
    case 'DELTA_BINARY_PACKED': {
      const out = leaf.type === 'INT32' ? new Int32Array(count) : new BigInt64Array(count);
      deltaBinaryUnpack(reader, count, out);
      return out;
    }
    case 'DELTA_LENGTH_BYTE_ARRAY': {
      const out = new Array<Uint8Array>(count);
      deltaLengthByteArray(reader, count, out);
      return out;
    }
    case 'DELTA_BYTE_ARRAY': {
      const out = new Array<Uint8Array>(count);
      deltaByteArray(reader, count, out);
      return out;
    }
  }
  throw new Error(`column ${leaf.name}: encoding ${encoding} is not known`);
}

function unpack(bytes: Uint8Array, size: number, codec: string, compressors: Compressors): Uint8Array {
  return decompressPage(bytes, size, codec as keyof Compressors, compressors);
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const widthOf = (top: number): number => 32 - Math.clz32(top);
