// Rows in parts, with progress and a stop between them: what the row-wise writers share.
import { BarnacleError } from '../../base/errors.ts';
import type { WorkContext } from '../../base/task.ts';

/** Calls `part` for rows [from, to), in order. */
export async function eachPart(rows: number, size: number, context: WorkContext, part: (from: number, to: number) => void): Promise<void> {
  for (let from = 0; from < rows; from += size) {
    const to = Math.min(rows, from + size);
    part(from, to);
    context.report({ stage: 'write', done: to / rows, text: `${to} rows` });
    if ((await context.breathe()) === 'stop') throw new BarnacleError('stopped', 'writing was stopped', { job: 'write' });
  }
}
