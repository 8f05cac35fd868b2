// A bundle from a file of this machine, checked.
import type { Bundle } from '../core/bundle/bundle.ts';
import { readBundle } from '../core/bundle/read-bundle.ts';
import { checkGolden } from '../core/pipeline/check-golden.ts';
import type { RunSpec } from '../core/pipeline/run-spec.ts';
import { readBytes } from './files.ts';

/** Throws not-found, bad-bundle or newer-version. */
export async function loadBundle(path: string): Promise<{ bundle: Bundle; spec: RunSpec }> {
  const bundle = readBundle(await readBytes(path));
  checkGolden(bundle);
  return { bundle, spec: bundle.run as unknown as RunSpec };
}
