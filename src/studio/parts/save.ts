// Saving a file from the page: a download link that is clicked and forgotten; and the text of a CSV.
/** Offers `blob` as a download called `name`. Nothing leaves the machine: the address is a blob of this page. */
export function save(name: string, blob: Blob): void {
  const link = document.createElement('a');
  const url = URL.createObjectURL(blob);
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** RFC 4180 text: commas, CRLF, quotes where needed; null is an empty cell. */
export function csvText(columns: readonly string[], cells: readonly (readonly (string | number | null)[])[]): string {
  const quote = (value: string | number | null): string => {
    const text = value === null ? '' : String(value);
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  return [columns, ...cells].map((row) => row.map(quote).join(',')).join('\r\n') + '\r\n';
}
