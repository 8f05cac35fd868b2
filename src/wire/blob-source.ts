// A Blob or File as the ByteSource that every reader takes: only the asked-for slices are ever in memory.
import { BarnacleError } from '../core/base/errors.ts';
import type { ByteSource } from '../core/io/reader.ts';

/** Throws bad-file when the file can no longer be read (it was moved or changed since it was chosen). */
export function blobSource(name: string, blob: Blob): ByteSource {
  return {
    name,
    size: blob.size,
    async slice(start, end) {
      try {
        return new Uint8Array(await blob.slice(start, end).arrayBuffer());
      } catch (cause) {
        const reason = cause instanceof Error ? cause.message : String(cause);
        throw new BarnacleError('bad-file', `file "${name}" cannot be read any more (${reason}); choose it again`, { format: 'file', reason, offset: start }, { cause });
      }
    },
  };
}
