import { Window } from 'happy-dom';
import { expect, it } from 'vitest';
import { add } from '../../../src/charts/frame.ts';
import { reach } from '../../../src/charts/reach.ts';

function make() {
  const window = new Window();
  const host = window.document.createElement('div') as unknown as HTMLElement;
  const svg = add(host, 'svg');
  const marks = ['one', 'two', 'three'].map((text) => add(svg, 'rect', {}, text));
  const read: (string | null)[] = [];
  const undo = reach(host, (reading) => read.push(reading?.text ?? null));
  const press = (key: string) => host.dispatchEvent(new window.KeyboardEvent('keydown', { key }) as unknown as Event);
  return { marks, read, press, undo };
}
it('walks the marks with arrows, Home and End, and stays within them', () => {
  const { read, press } = make();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'End', 'ArrowRight', 'Home']) press(key);
  expect(read.filter((text) => text !== null)).toEqual(['one', 'two', 'one', 'three', 'one']);
});
it('lends the title of the mark that is read and gives it back', () => {
  const { marks, read, press } = make();
  press('ArrowRight');
  expect(marks[0]?.textContent).toBe('');
  expect(marks[0]?.getAttribute('class')).toBe('current');
  press('Escape');
  expect(marks[0]?.textContent).toBe('one');
  expect(read).toEqual(['one', null]);
});
it('hears nothing after it was undone', () => {
  const { read, press, undo } = make();
  undo();
  press('ArrowRight');
  expect(read).toEqual([]);
});
