// Column names as a table needs them: not empty, distinct, at most 300 characters. Every change is a Note.
import type { Note } from '../../base/task.ts';

/** The names made fit: an empty one becomes "column 3" (its place), a repeated one gets " (2)". */
export function fitNames(raw: readonly string[], notes: Note[]): string[] {
  const taken = new Set<string>();
  const wanted = new Set(raw.map((name) => name.trim()));
  const renamed: Note[] = [];
  const names = raw.map((given, place) => {
    const name = given.trim().slice(0, 300);
    let fit = name || `column ${place + 1}`;
    for (let k = 2; taken.has(fit) || (fit !== name && wanted.has(fit)); k++) fit = `${name || `column ${place + 1}`} (${k})`;
    taken.add(fit);
    if (fit !== given.trim()) renamed.push({ code: name ? 'duplicate-name' : 'empty-name', message: name ? `column ${place + 1} was also called "${shorten(name)}" and is now "${shorten(fit)}"` : `column ${place + 1} had no name and is now "${fit}"`, column: fit, rows: null, example: name ? shorten(name) : null });
    return fit;
  });
  notes.push(...renamed.slice(0, 20));
  if (renamed.length > 20) notes.push({ code: 'renamed-columns', message: `${renamed.length} columns had an empty or repeated name and got one of their own`, column: null, rows: null, example: null });
  return names;
}

const shorten = (text: string): string => (text.length > 60 ? `${text.slice(0, 57)}...` : text);
