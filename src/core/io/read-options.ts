// What a door was told about reading a file, in one flat record (`format` names a reader, the rest are its params), and
// readTable's options: one from the other.
import type { Json } from '../base/json.ts';

export function splitOptions(options: { [key: string]: Json }): { format?: string; params?: Json } {
  const { format, ...params } = options;
  return { ...(typeof format === 'string' ? { format } : {}), ...(Object.keys(params).length ? { params } : {}) };
}

/** The inverse. */
export const joinOptions = ({ format, params }: { format?: string; params?: Json }): { [key: string]: Json } => ({ ...(format === undefined ? {} : { format }), ...((params ?? {}) as { [key: string]: Json }) });
