// Notes of one part added to those of the parts before: the same code on the same column counts on.
import type { Note } from '../../base/task.ts';

export function addNotes(into: Note[], notes: readonly Note[]): void {
  for (const note of notes) {
    const k = into.findIndex((held) => held.code === note.code && held.column === note.column);
    if (k < 0) into.push(note);
    else if (into[k].rows !== null && note.rows !== null) {
      const rows = into[k].rows + note.rows;
      into[k] = { ...into[k], rows, message: into[k].message.replace(String(into[k].rows), String(rows)) };
    }
  }
}
