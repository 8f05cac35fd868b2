import { expect, test } from 'vitest';
import { startTeam } from '../../../../src/kernels/team/team.ts';
import type { TeamThread } from '../../../../src/kernels/team/team.ts';

const mute: TeamThread = { post: () => {}, listen: () => {}, end: () => {} };
/** Answers as serveThread does, and keeps what it was sent. */
function willing(sent: unknown[]): TeamThread {
  let tell: (message: unknown) => void = () => {};
  return {
    post(message) {
      sent.push(message);
      queueMicrotask(() => tell({ says: 'ready' }));
    },
    listen(told) {
      tell = told;
      queueMicrotask(() => told({ says: 'alive' }));
    },
    end: () => {},
  };
}

test('a helper that never answers is given up with a reason', async () => {
  const team = await startTeam(2, () => mute, 20);
  expect(team.threads).toBe(1);
  expect(team.reason).toMatch(/did not answer within 20 ms/);
});

test('a session takes as many helpers as it asks for, and one at a time', async () => {
  const sent: unknown[] = [];
  const team = await startTeam(4, () => willing(sent));
  const memory = new WebAssembly.Memory({ initial: 3, maximum: 3, shared: true });
  const module = await WebAssembly.compile(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0));
  expect(await team.enlist(module, memory, 3)).toBe(true);
  expect(sent).toHaveLength(2);
  expect([team.threads, await team.enlist(module, memory)]).toEqual([1, false]);
  team.release();
  expect([team.threads, await team.enlist(module, memory)]).toEqual([4, true]);
  expect(sent).toHaveLength(5);
});
