// A file of any size -> its Profile, in memory that does not grow with the rows: a first pass settles kinds and ranges over all
// rows, a second feeds sketches block by block (core/profile/stream). Formats without blocks are read into memory first.
// For a file that fits, the profile is the one of profileTable but for the estimates that the Notes name.
import type { Json, JsonObject } from '../base/json.ts';
import type { Note, WorkContext } from '../base/task.ts';
import type { ReadContext } from '../io/csv/csv-kernels.ts';
import { streamTableOf } from '../io/index.ts';
import type { ByteSource, RejectedRow } from '../io/reader.ts';
import { makeProfileStream } from '../profile/stream/profile-stream.ts';
import type { Profile } from '../profile/profile.ts';

export type SourceProfile = {
  profile: Profile;
  notes: Note[];
  /** The first of the rejected rows, and how many there are in all. */
  rejected: RejectedRow[];
  rejectedCount: number;
  how: JsonObject;
  /** False when the format had to be read as a whole. */
  streamed: boolean;
};

/** `options` as for readTable (sampleRows excepted: all rows are read). Throws as readTable. */
export async function profileSource(source: ByteSource, options: { format?: string; params?: Json }, context: WorkContext | ReadContext): Promise<SourceProfile> {
  const { stream, notes, how, isStreamed } = await streamTableOf(source, options, context);
  const sketches = makeProfileStream(stream.columns, stream.rows);
  await stream.scan((block) => sketches.add(block));
  const finished = await sketches.finish(context);
  return { profile: finished.profile, notes: [...notes, ...stream.notes, ...finished.notes], rejected: [...stream.rejected], rejectedCount: stream.rejectedCount, how: { ...how, ...stream.how }, streamed: isStreamed };
}
