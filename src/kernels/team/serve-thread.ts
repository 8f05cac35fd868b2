// A helper's whole life: it says that it is alive, and serves one session after another, of whatever kernel: the module comes
// with the call and exports `serve`. A door calls this in a thread of its own.
import { breakOff } from './team.ts';
import type { TeamAnswer, TeamCall } from './team.ts';

/** `listen` is called once; messages of other shapes are left alone. */
export function serveThread(door: { post(answer: TeamAnswer): void; listen(told: (message: unknown) => void): void }): void {
  door.listen((message) => {
    const call = message as Partial<TeamCall> | null;
    if (!call || !(call.memory instanceof WebAssembly.Memory) || !(call.module instanceof WebAssembly.Module) || typeof call.thread !== 'number') return;
    const { memory } = call;
    try {
      const abort = (): never => { throw new Error('the kernel aborted'); };
      const kernel = new WebAssembly.Instance(call.module, { env: { memory, abort } }).exports as unknown as { serve(thread: number): void };
      door.post({ says: 'ready' });
      kernel.serve(call.thread);
    } catch (error) {
      breakOff(memory);
      door.post({ says: 'failed', reason: String(error) });
    }
  });
  door.post({ says: 'alive' });
}
