// Text from the clipboard: whether it is a table, and the name that tells the reader what it is.

/** Two lines at least, cut alike by tabs, commas, semicolons or bars; or JSON of rows. */
export function looksLikeTable(text: string): boolean {
  const start = text.trimStart().slice(0, 1);
  if (start === '[' || start === '{') return text.trim().length > 10;
  const lines = text.slice(0, 20_000).split(/\r\n|\n|\r/).filter((line) => line.trim() !== '').slice(0, 20);
  if (lines.length < 2) return false;
  return ['\t', ',', ';', '|'].some((mark) => {
    const cuts = lines.map((line) => line.split(mark).length - 1);
    return cuts[0]! > 0 && cuts.filter((each) => each === cuts[0]).length >= Math.ceil(lines.length * 0.7);
  });
}

/** A spreadsheet puts tabs on the clipboard; JSON says itself. */
export function pastedName(text: string): string {
  const start = text.trimStart().slice(0, 1);
  if (start === '[') return 'pasted.json';
  if (start === '{') return text.trim().includes('\n{') ? 'pasted.ndjson' : 'pasted.json';
  const first = text.split(/\r\n|\n|\r/, 1)[0]!;
  return first.includes('\t') ? 'pasted.tsv' : 'pasted.csv';
}
