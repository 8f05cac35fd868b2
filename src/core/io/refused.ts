// Formats that are known and not read: by their first bytes (or, where they have none, by the name's ending), each with the
// reason and the way out. None of these is ever opened: a pickle, for one, is a program.
type Refused = { readonly format: string; readonly reason: string; readonly at?: number; readonly magic: readonly number[] | string };

const PARQUET = 'save the table as Parquet or CSV';
const UNPACK = 'unpack it, or pack it with gzip, zip or zstd';
const PICKLE = { format: 'Python pickle', reason: 'a pickle is a program that runs when it is opened; save the table as Parquet or CSV' };

const BY_BYTES: readonly Refused[] = [
  { magic: [0xd0, 0xcf, 0x11, 0xe0], format: 'old Excel workbook (.xls) or a locked one', reason: 'save it as .xlsx without a password, or the sheet as CSV' },
  { magic: 'ORC', format: 'ORC file', reason: PARQUET },
  { magic: 'FEA1', format: 'Feather file of version 1', reason: 'save it as Feather version 2, Parquet or CSV' },
  { magic: [0x89, 0x48, 0x44, 0x46], format: 'HDF5 file', reason: PARQUET },
  { magic: [0x42, 0x5a, 0x68], format: 'bzip2 archive', reason: UNPACK },
  { magic: [0xfd, 0x37, 0x7a, 0x58], format: 'xz archive', reason: UNPACK },
  { magic: [0x37, 0x7a, 0xbc, 0xaf], format: '7-Zip archive', reason: UNPACK },
  { magic: 'Rar!', format: 'RAR archive', reason: UNPACK },
  { magic: [4, 0x22, 0x4d, 0x18], format: 'LZ4 archive', reason: UNPACK },
  { magic: [0xff, 6, 0, 0, 0x73, 0x4e, 0x61, 0x50], format: 'Snappy stream', reason: UNPACK },
  { magic: 'ustar', at: 257, format: 'tar archive', reason: 'unpack it and choose its files, or pack them as zip' },
  ...[2, 3, 4, 5].map((version) => ({ magic: [0x80, version, version === 4 || version === 5 ? 0x95 : 0x63], ...PICKLE })),
  { magic: [0x80, 2, 0x7d], ...PICKLE },
  { magic: [0x80, 2, 0x5d], ...PICKLE },
  { magic: 'ccopy_reg\n', ...PICKLE },
  { magic: 'cpandas.', ...PICKLE },
  { magic: '(dp0\n', ...PICKLE },
  { magic: '(lp0\n', ...PICKLE },
  { magic: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], format: 'NumPy array', reason: 'it has no column names and may hold pickled objects; save it as CSV or Parquet' },
  { magic: 'RDX', format: 'R data file', reason: 'write the data frame with write.csv or arrow::write_parquet' },
  { magic: 'RDA', format: 'R data file', reason: 'write the data frame with write.csv or arrow::write_parquet' },
  { magic: [0x58, 0x0a, 0, 0, 0], format: 'R object (.rds)', reason: 'write the data frame with write.csv or arrow::write_parquet' },
  { magic: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xc2, 0xea, 0x81, 0x60], format: 'SAS table', reason: 'export it with PROC EXPORT as CSV' },
  { magic: 'HEADER RECORD*******', format: 'SAS transport file', reason: 'export it with PROC EXPORT as CSV' },
  { magic: '<stata_dta>', format: 'Stata file', reason: 'write it with "export delimited"' },
  ...[113, 114, 115].flatMap((release) => [1, 2].map((order) => ({ magic: [release, order, 1, 0], format: 'Stata file', reason: 'write it with "export delimited"' }))),
  { magic: '$FL', format: 'SPSS file', reason: 'save it as CSV' },
  { magic: 'MATLAB', format: 'MATLAB file', reason: 'write it with writetable as CSV or parquetwrite' },
  { magic: [0x43, 0x44, 0x46, 1], format: 'netCDF file', reason: PARQUET },
  { magic: [0x43, 0x44, 0x46, 2], format: 'netCDF file', reason: PARQUET },
  { magic: 'SIMPLE  =', format: 'FITS file', reason: PARQUET },
  { magic: 'DUCK', at: 8, format: 'DuckDB database', reason: "write the table with COPY t TO 't.parquet'" },
  { magic: 'Standard ', at: 4, format: 'Access database', reason: 'export the table as CSV' },
  { magic: '%PDF', format: 'PDF document', reason: 'choose a table; a PDF holds only pictures of one' },
  { magic: '{\\rtf', format: 'RTF document', reason: 'choose a table' },
  { magic: [0x89, 0x50, 0x4e, 0x47], format: 'picture', reason: 'choose a table' },
  { magic: [0xff, 0xd8, 0xff], format: 'picture', reason: 'choose a table' },
  { magic: 'GIF8', format: 'picture', reason: 'choose a table' },
  { magic: [0x7f, 0x45, 0x4c, 0x46], format: 'program', reason: 'choose a table' },
  { magic: [0, 0x61, 0x73, 0x6d], format: 'program', reason: 'choose a table' },
];

const BY_ENDING: { readonly [ending: string]: { format: string; reason: string } } = {
  pb: { format: 'protobuf file', reason: 'protobuf holds numbers without names; its schema (.proto) is needed, so write it as JSON or Parquet' },
  tfrecord: { format: 'TFRecord file', reason: 'its records need their protobuf schema; write them as Parquet or CSV' },
  tfrecords: { format: 'TFRecord file', reason: 'its records need their protobuf schema; write them as Parquet or CSV' },
  pkl: PICKLE,
  pickle: PICKLE,
  joblib: PICKLE,
  dbf: { format: 'dBase table', reason: 'save it as CSV' },
  dta: { format: 'Stata file', reason: 'write it with "export delimited"' },
  xlsb: { format: 'binary Excel workbook', reason: 'save it as .xlsx' },
};

/** What the bytes are when they are known and not read, else null. */
export function findRefused(head: Uint8Array): { format: string; reason: string } | null {
  const found = BY_BYTES.find(({ magic, at = 0 }) => (typeof magic === 'string' ? Array.from(magic, (c) => c.charCodeAt(0)) : magic).every((byte, i) => head[at + i] === byte));
  if (found) return { format: found.format, reason: found.reason };
  const start = new TextDecoder().decode(head.subarray(0, 400)).trimStart().slice(0, 60).toLowerCase();
  if (/^(<!doctype html|<html)/.test(start)) return { format: 'web page', reason: 'it may be a login or error page saved instead of the file; download the file again, or save the table as CSV' };
  if (/^<\?xml/.test(start)) return { format: 'XML document', reason: 'its layout is not a table; save it as CSV, JSON or .xlsx' };
  return null;
}

/** For bytes that no reader wants: why, told by the name's ending. */
export const refusedEnding = (ending: string): { format: string; reason: string } | null => (Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending] : null);
