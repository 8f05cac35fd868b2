// What the page chose about reading a file -> the reader's arguments: `format` names a reader, the rest are its params.
import type { Json } from '../../src/core/base/json.ts';

export function splitOptions(options: { [key: string]: Json }): { format?: string; params?: Json } {
  const { format, ...params } = options;
  return { ...(typeof format === 'string' ? { format } : {}), ...(Object.keys(params).length ? { params } : {}) };
}
