// The threads that help: started once, lent to one session at a time. A helper that does not answer in time ends the team: from
// then on sessions run on one thread, with the reason, and give the same bits.
import { ARRAYS, BROKEN, CONTROL, LINES, THREADS } from './words.ts';

/** A thread that runs serveThread, as a door gives it. */
export interface TeamThread {
  post(message: unknown): void;
  /** Told of every message and of failures (null). */
  listen(told: (message: unknown) => void, failed: (reason: string) => void): void;
  end(): void;
}
/** What a helper is sent for a session. */
export type TeamCall = { readonly module: WebAssembly.Module; readonly memory: WebAssembly.Memory; readonly thread: number };
/** What it says: it lives, it sits in the session, it failed. */
export type TeamAnswer = { readonly says: 'alive' | 'ready' } | { readonly says: 'failed'; readonly reason: string };

export interface Team {
  /** Threads of the next session, the coordinator counted. */
  readonly threads: number;
  /** Why there are not as many as were asked for. */
  readonly reason: string | null;
  /** Puts helpers into a session over that memory, `count` threads with the coordinator (all when absent); false = go on alone. */
  enlist(module: WebAssembly.Module, memory: WebAssembly.Memory, count?: number): Promise<boolean>;
  /** The session is over; the coordinator has told its helpers so. */
  release(): void;
  /** A helper was lost in the middle of a session: from now on there are none. */
  lose(reason: string): void;
  end(): void;
}

/** A helper that has not started after so long is given up. */
const START_MS = 10_000;

export const alone: Team = { threads: 1, reason: null, enlist: async () => false, release: () => {}, lose: () => {}, end: () => {} };

/** Starts threads - 1 helpers; `wait` resolves after so many milliseconds. */
export async function startTeam(threads: number, spawn: () => TeamThread, startMs = START_MS): Promise<Team> {
  let reason: string | null = null;
  let isBusy = false;
  let memoryInUse: WebAssembly.Memory | null = null;
  let expect: (() => void)[] = [];
  const helpers: TeamThread[] = [];
  const fail = (why: string): void => {
    reason ??= why;
    if (memoryInUse) breakOff(memoryInUse);
    for (const helper of helpers) helper.end();
    helpers.length = 0;
    for (const go of expect) go();
    expect = [];
  };
  /** All helpers say so, or the team ends. */
  const answers = (says: string, count: number, start: () => void): Promise<void> =>
    new Promise<void>((done) => {
      let missing = count - 1;
      const timer = setTimeout(() => fail(`threads: a helper did not answer within ${startMs} ms`), startMs);
      const go = (): void => {
        clearTimeout(timer);
        done();
      };
      expect = [go];
      heard = (answer) => {
        if (answer.says === 'failed') fail(`threads: a helper failed: ${answer.reason}`);
        else if (answer.says === says && --missing === 0) go();
      };
      start();
    });
  let heard: (answer: TeamAnswer) => void = () => {};
  await answers('alive', threads, () => {
    try {
      for (let i = 1; i < threads; i++) {
        const helper = spawn();
        helpers.push(helper);
        helper.listen((message) => heard(message as TeamAnswer), (why) => fail(`threads: a helper was lost: ${why}`));
      }
    } catch (error) {
      fail(`threads: a helper did not start: ${error instanceof Error ? error.message : String(error)}`);
    }
  });
  return {
    get threads() { return reason === null && !isBusy ? threads : 1; },
    get reason() { return reason; },
    async enlist(module, memory, count = threads) {
      if (reason !== null || isBusy || count < 2) return false;
      isBusy = true;
      memoryInUse = memory;
      new Int32Array(memory.buffer)[THREADS / 4] = count;
      await answers('ready', count, () => helpers.slice(0, count - 1).forEach((helper, i) => helper.post({ module, memory, thread: i + 1 } satisfies TeamCall)));
      if (reason === null) return true;
      isBusy = false;
      memoryInUse = null;
      return false;
    },
    release() {
      isBusy = false;
      memoryInUse = null;
    },
    lose(why) {
      fail(`threads: ${why}`);
      isBusy = false;
      memoryInUse = null;
    },
    end() {
      for (const helper of helpers) helper.end();
      helpers.length = 0;
      reason ??= 'threads: the helpers were ended';
    },
  };
}

/** Nobody waits for anybody in this memory any more. */
export function breakOff(memory: WebAssembly.Memory): void {
  const words = new Int32Array(memory.buffer);
  Atomics.store(words, BROKEN / 4, 1);
  Atomics.notify(words, CONTROL / 4);
  for (let at = LINES / 4; at < ARRAYS / 4; at++) Atomics.notify(words, at);
}
