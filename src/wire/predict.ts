// The predict worker's door: a bundle's bytes once, then rows or whole files. It holds no training code.
import type { Contract } from '../core/contract/contract.ts';
import type { OnProgress, PredictedFile, PredictedRow } from './engine.ts';

export type RawRows = { [column: string]: string | number | boolean | null }[];
export interface PredictApi {
  /** Checks and keeps the bundle. Throws bad-bundle, newer-version. */
  open(bytes: Uint8Array): Promise<Contract>;
  rows(rows: RawRows): Promise<PredictedRow[]>;
  file(name: string, file: Blob, onProgress: OnProgress): Promise<PredictedFile>;
  stop(): Promise<void>;
}
