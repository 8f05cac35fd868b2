// The database as it stands in this version: record kinds, keys and indexes. Bytes live apart from cards, so that lists
// are cheap. Changing anything here asks for a new step in migrations.ts.
import type { DBSchema } from 'idb';
import type { Hash, Json } from '../core/base/json.ts';
import type { CurvePoint } from '../core/base/task.ts';
import type { Run } from '../core/pipeline/run-spec.ts';
import type { Profile } from '../core/profile/profile.ts';
import type { DatasetCard, ProjectRecord } from '../wire/engine.ts';
import type { ColumnHead } from './column-bytes.ts';
import type { SourceRecord } from './sources.ts';

/** What must be found to restore a table: written last, in the transaction that wrote its chunks. */
export type Manifest = {
  id: Hash;
  version: 1;
  rows: number;
  columns: ColumnHead[];
  bytes: number;
  /** Chunk i has the key [id, i]; all but the last are chunkBytes long. */
  chunks: { bytes: number; checksum: Hash }[];
};
/** A fit under way: how far it is, and what must be found to go on with it. Chunk i has the key [id, i]. */
export type CheckpointCard = { id: Hash; version: 1; step: number; curve: CurvePoint[]; bytes: number; chunks: { bytes: number; checksum: Hash }[]; savedAt: number };
export type BundleCard = { id: Hash; name: string; run: Hash | null; bytes: number; addedAt: number };

export interface BarnacleSchema extends DBSchema {
  projects: { key: string; value: ProjectRecord };
  cards: { key: Hash; value: DatasetCard };
  manifests: { key: Hash; value: Manifest };
  chunks: { key: [Hash, number]; value: ArrayBuffer };
  sources: { key: Hash; value: SourceRecord };
  profiles: { key: Hash; value: { id: Hash; profile: Profile } };
  runs: { key: Hash; value: Run; indexes: { data: Hash } };
  bundleCards: { key: Hash; value: BundleCard };
  bundles: { key: Hash; value: ArrayBuffer };
  checkpoints: { key: Hash; value: CheckpointCard };
  checkpointChunks: { key: [Hash, number]; value: ArrayBuffer };
  settings: { key: string; value: { id: string; value: Json } };
}

export const databaseName = 'barnacle';
export const databaseVersion = 3;
export const chunkBytes = 4 * 1024 * 1024;
