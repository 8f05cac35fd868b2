// The stored datasets that a project needs: the one it shows, those that its undo history and versions go back to, and
// those that it joins. What no project needs may be deleted.
import type { Hash } from '../core/base/json.ts';
import type { ProjectRecord } from '../wire/engine.ts';

export function projectDatasets(project: ProjectRecord): Hash[] {
  const edits = [...project.past, ...project.future].map((edit) => edit.dataset ?? null);
  const all = [project.dataset, ...edits, ...project.tables.map((table) => table.dataset), ...project.versions.map((version) => version.raw)];
  return [...new Set(all.filter((id) => id !== null))];
}
