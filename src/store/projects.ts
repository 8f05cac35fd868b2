// Project records: small, mutable pointers to immutable records (dataset, runs, bundles). Saved strictly to disk.
import type { ProjectRecord } from '../wire/engine.ts';
import type { Connection } from './connection.ts';
import { currentProject } from './current-project.ts';

export interface Projects {
  /** Newest first. */
  all(): Promise<ProjectRecord[]>;
  get(id: string): Promise<ProjectRecord | null>;
  save(project: ProjectRecord): Promise<void>;
  remove(id: string): Promise<void>;
}

export const projectsOf = (connection: Connection): Projects => ({
  async all() {
    const found = await connection.read(['projects'], (tx) => tx.objectStore('projects').getAll());
    return found.map(currentProject).sort((a, b) => b.updatedAt - a.updatedAt);
  },
  async get(id) {
    const found = await connection.read(['projects'], (tx) => tx.objectStore('projects').get(id));
    return found ? currentProject(found) : null;
  },
  save: (project) => connection.write(['projects'], { durability: 'strict', change: { verb: 'saved', kind: 'project', id: project.id } }, async (tx) => void (await tx.objectStore('projects').put(project))),
  remove: (id) => connection.write(['projects'], { durability: 'strict', change: { verb: 'deleted', kind: 'project', id } }, (tx) => tx.objectStore('projects').delete(id)),
});
