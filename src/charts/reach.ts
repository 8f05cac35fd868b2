// Keyboard and pointer for a drawn chart: arrow keys walk its marks, each is read out exactly, Home and End jump, Enter is
// a click. A mark is any element with a title child; while it is read its title is lent out, so that the browser's own
// tooltip does not cover ours. `show` gets the text and the mark, or null when it is left. Returns the undo.
export type Reading = { text: string; mark: Element };

export function reach(host: HTMLElement, show: (reading: Reading | null) => void): () => void {
  let current: { mark: Element; title: Element; text: string } | null = null;
  const marks = (): Element[] => [...host.querySelectorAll('svg title')].flatMap((title) => (title.parentElement ? [title.parentElement] : []));
  const leave = (): void => {
    if (!current) return;
    current.title.textContent = current.text;
    current.mark.classList.remove('current');
    current = null;
    show(null);
  };
  const read = (mark: Element): void => {
    if (current?.mark === mark) return;
    leave();
    const title = [...mark.children].find((child) => child.tagName === 'title');
    if (!title) return;
    current = { mark, title, text: title.textContent ?? '' };
    title.textContent = '';
    mark.classList.add('current');
    show({ text: current.text, mark });
  };
  const onKey = (event: KeyboardEvent): void => {
    const list = marks();
    const at = current ? list.indexOf(current.mark) : -1;
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: Math.max(0, at - 1), ArrowUp: Math.max(0, at - 1), Home: 0, End: list.length - 1 }[event.key];
    if (event.key === 'Escape') return leave();
    if (event.key === 'Enter' && current) return void current.mark.dispatchEvent(new Event('click', { bubbles: true }));
    const mark = next === undefined ? undefined : list[Math.min(next, list.length - 1)];
    if (!mark) return;
    event.preventDefault();
    read(mark);
  };
  const onOver = (event: Event): void => {
    const mark = marks().find((one) => one === event.target || one.contains(event.target as Node));
    if (mark) read(mark); else leave();
  };
  const events: [string, EventListener][] = [['keydown', onKey as EventListener], ['pointerover', onOver], ['pointerleave', leave], ['blur', leave]];
  for (const [name, listener] of events) host.addEventListener(name, listener);
  return () => { for (const [name, listener] of events) host.removeEventListener(name, listener); };
}
