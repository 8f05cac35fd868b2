import { expect, test } from 'vitest';
import { drawQueue } from '../../../../src/studio/parts/draw-queue.ts';

function staged() {
  const frames: (() => void)[] = [];
  const drawn: string[] = [];
  const queue = drawQueue((run) => frames.push(run));
  const ask = (chart: object, text: string) => queue.ask(chart, () => drawn.push(text));
  const play = () => { for (const run of frames.splice(0)) run(); };
  return { frames, drawn, queue, ask, play };
}
const [a, b, c] = [{}, {}, {}];

test('one chart draws per frame, in the order of asking', () => {
  const { drawn, ask, play } = staged();
  for (const [chart, text] of [[a, 'a'], [b, 'b'], [c, 'c']] as const) ask(chart, text);
  play();
  expect(drawn).toEqual(['a']);
  play();
  play();
  expect(drawn).toEqual(['a', 'b', 'c']);
});

test('asking again keeps the place and draws the newest; who left is not drawn', () => {
  const { frames, drawn, queue, ask, play } = staged();
  ask(a, 'a');
  ask(b, 'b');
  ask(a, 'a again');
  queue.leave(b);
  play();
  play();
  expect([drawn, frames.length]).toEqual([['a again'], 0]);
  ask(c, 'c');
  play();
  expect(drawn).toEqual(['a again', 'c']);
});

test('a chart that fails to draw does not keep the others from it', () => {
  const { drawn, queue, ask, play } = staged();
  queue.ask(a, () => { throw new Error('no'); });
  ask(b, 'b');
  expect(play).toThrow('no');
  play();
  expect(drawn).toEqual(['b']);
});
