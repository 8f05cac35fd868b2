// What a door was told about reading a file -> readTable's options: `format` names a reader, the rest are its params.
import type { Json } from '../base/json.ts';

export function splitOptions(options: { [key: string]: Json }): { format?: string; params?: Json } {
  const { format, ...params } = options;
  return { ...(typeof format === 'string' ? { format } : {}), ...(Object.keys(params).length ? { params } : {}) };
}
