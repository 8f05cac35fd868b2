// Keyboard and pointer for a drawn chart: arrow keys walk its marks, each is read out exactly, Home and End jump, Enter is a click.
// A mark is any element with a title child. `say` receives the reading (empty when left). Returns the undo.
export function reach(host: HTMLElement, say: (text: string) => void): () => void {
  let current: Element | null = null;
  const marks = (): Element[] => [...host.querySelectorAll('svg title')].flatMap((title) => (title.parentElement && title.parentElement.tagName !== 'svg' ? [title.parentElement] : []));
  const read = (mark: Element | null): void => {
    current?.classList.remove('current');
    current = mark;
    current?.classList.add('current');
    say(current?.querySelector('title')?.textContent ?? '');
  };
  const onKey = (event: KeyboardEvent): void => {
    const list = marks();
    const at = current ? list.indexOf(current) : -1;
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: Math.max(0, at - 1), ArrowUp: Math.max(0, at - 1), Home: 0, End: list.length - 1 }[event.key];
    if (event.key === 'Escape') return read(null);
    if (event.key === 'Enter' && current) return void current.dispatchEvent(new Event('click', { bubbles: true }));
    if (next === undefined || list.length === 0) return;
    event.preventDefault();
    read(list[Math.min(next, list.length - 1)] ?? null);
  };
  const onOver = (event: Event): void => { const mark = (event.target as Element).closest('svg *'); if (mark && [...mark.children].some((child) => child.tagName === 'title')) read(mark); };
  const onLeave = (): void => read(null);
  const events: [string, EventListener][] = [['keydown', onKey as EventListener], ['pointerover', onOver], ['pointerleave', onLeave], ['blur', onLeave]];
  for (const [name, listener] of events) host.addEventListener(name, listener);
  return () => { for (const [name, listener] of events) host.removeEventListener(name, listener); };
}
