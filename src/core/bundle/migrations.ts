// Headers of older bundle versions -> the present one, one contiguous step for each version.
// A step takes the header as JSON, checked for depth and size only, and gives the header of the next version; reading
// then checks it field by field like any other. Steps are never edited once released: tests/golden/bundle holds files
// of every version.
import { BarnacleError } from '../base/errors.ts';
import type { JsonObject } from '../base/json.ts';
import { bundleVersion } from './format.ts';

/** migrations[v] makes a header of version v + 1 from one of version v; version 1 is the first. */
const migrations: { readonly [version: number]: (header: JsonObject) => JsonObject } = {};

/** Throws newer-version for a version of the future, bad-bundle for one that never was. */
export function migrateHeader(header: JsonObject, version: number): JsonObject {
  checkVersion(version);
  let present = header;
  for (let v = version; v < bundleVersion; v++) present = migrations[v](present);
  return present;
}

export function checkVersion(version: number): void {
  if (version > bundleVersion) throw new BarnacleError('newer-version', `the bundle is of version ${version}, this Barnacle reads up to ${bundleVersion}; update Barnacle`, { what: 'bundle', found: version, supported: bundleVersion });
  if (version < 1) throw new BarnacleError('bad-bundle', `the bundle claims version ${version}; the file is damaged`, { reason: `version ${version}` });
}
