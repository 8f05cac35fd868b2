// The contract of an exporter: a checked bundle -> the bytes of one file.
// `runtime` is the predict-only build of core (virtual:serve), given by the door; who needs none ignores it.
import type { Bundle } from '../bundle.ts';

export interface Exporter {
  readonly type: string;
  readonly label: string;
  /** One or two lines: what the file is, who opens it and how. */
  readonly help: string;
  /** With the dot: '.mjs'. */
  readonly extension: string;
  readonly mime: string;
  /** Deterministic: the same bundle and runtime give the same bytes. */
  write(bundle: Bundle, runtime: string): Uint8Array<ArrayBuffer>;
}
export const defineExporter = (exporter: Exporter): Exporter => exporter;
