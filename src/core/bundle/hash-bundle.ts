// The content hash of a bundle: that which ends its file. Same RunSpec, same hash (for exact learners).
import type { Hash } from '../base/json.ts';
import type { Bundle } from './bundle.ts';
import { hashLength, tailHash } from './format.ts';
import { writeBundle } from './write-bundle.ts';

export const hashBundle = (bundle: Bundle): Hash => fileHash(writeBundle(bundle));

/** The hash of a bundle file that was written or checked before: its last 16 bytes. */
export const fileHash = (file: Uint8Array): Hash => tailHash(file.subarray(file.length - hashLength));
