// What IndexedDB throws -> the typed errors of Barnacle, each with its own sentence. Nothing else is caught here.
import { BarnacleError, isBarnacleError } from '../core/base/errors.ts';
import { databaseVersion } from './schema.ts';

/** The typed error for a DOMException of the database; anything unknown is given back as it came. */
export async function storageError(thrown: unknown, needed: number): Promise<unknown> {
  if (isBarnacleError(thrown)) return thrown;
  const name = thrown instanceof Error || thrown instanceof DOMException ? thrown.name : '';
  if (name === 'QuotaExceededError') {
    const available = await freeBytes();
    const room = available === null ? '' : `, ${available} are free`;
    return new BarnacleError('storage-full', `storage is full: ${needed} bytes were to be written${room}; delete a project or free disk space`, { needed, available }, { cause: thrown });
  }
  if (name === 'VersionError') return new BarnacleError('newer-version', `stored data is newer than this version of the studio (reads up to ${databaseVersion}); reload the page to get the new one`, { what: 'database', found: databaseVersion + 1, supported: databaseVersion }, { cause: thrown });
  if (name === 'SecurityError' || name === 'InvalidAccessError') return blocked('the browser refuses storage to this page; allow it, or leave private browsing', thrown);
  if (name === 'UnknownError') return new BarnacleError('storage-corrupt', `the database cannot be read: ${(thrown as Error).message}; clear the site's data and import your project files`, { what: 'database', id: '', reason: (thrown as Error).message }, { cause: thrown });
  return thrown;
}

export const blocked = (reason: string, cause?: unknown): BarnacleError<'storage-blocked'> => new BarnacleError('storage-blocked', `storage is blocked: ${reason}`, { reason }, { cause });

/** True when the handle died under us and opening again may cure it (WebKit loses its database server; see platform.md 5). */
export function isDeadHandle(thrown: unknown): boolean {
  if (!(thrown instanceof Error || thrown instanceof DOMException)) return false;
  return thrown.name === 'InvalidStateError' || (thrown.name === 'UnknownError' && /connection/i.test(thrown.message));
}

async function freeBytes(): Promise<number | null> {
  const estimate = typeof navigator === 'object' && navigator.storage?.estimate ? await navigator.storage.estimate() : null;
  return estimate?.quota === undefined ? null : Math.max(0, estimate.quota - (estimate.usage ?? 0));
}
