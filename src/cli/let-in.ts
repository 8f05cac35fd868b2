// A command's work context: quiet, and it lets signals in.
import { quiet, type WorkContext } from '../core/base/task.ts';

/** A work context that lets signals in: a resolved promise alone would not. */
export function letIn(): WorkContext {
  let last = performance.now();
  return { ...quiet, breathe: async () => {
    if (performance.now() - last >= 50) {
      await new Promise<void>((go) => void setImmediate(go));
      last = performance.now();
    }
    return 'go';
  } };
}
