// Where a virtual table stands: which rows and columns are in view, by a scroll bar that is scaled above the height that
// browsers allow (near 16 million px), and by exact rows from wheel and keys.
const CAP = 8_000_000;
export const ROW = 28;

/** What the table is, as functions, so that each change is seen. */
export type ScrollFacts = { rows(): number; widths(): readonly number[]; headerHeight(): number; height(): number; numbered(): boolean };

export class RowScroll {
  #top = $state(0);
  #left = $state(0);
  #wide = $state(800);
  #own = -1;
  #box: HTMLElement | null = null;
  readonly #facts: ScrollFacts;

  constructor(facts: ScrollFacts) {
    this.#facts = facts;
  }

  readonly gutter: number = $derived.by(() => (this.#facts.numbered() ? Math.max(48, 26 + String(this.#facts.rows()).length * 8) : 0));
  /** Left edge of each column, and the width of all. */
  readonly offsets: readonly number[] = $derived.by(() => {
    const list = [0];
    for (const width of this.#facts.widths()) list.push(list.at(-1)! + width);
    return list;
  });
  readonly total: number = $derived(this.offsets.at(-1) ?? 0);
  readonly shownHeight: number = $derived.by(() => Math.min(this.#facts.height(), this.#facts.headerHeight() + this.#facts.rows() * ROW + 14));
  readonly #bodyHeight: number = $derived.by(() => this.shownHeight - this.#facts.headerHeight());
  readonly #lastTop: number = $derived.by(() => Math.max(0, this.#facts.rows() - (this.#bodyHeight - 15) / ROW));
  readonly #scaled: boolean = $derived.by(() => this.#facts.rows() * ROW > CAP);
  readonly tall: number = $derived.by(() => Math.min(this.#facts.rows() * ROW + 14, CAP) + this.#facts.headerHeight());
  readonly first: number = $derived.by(() => Math.max(0, Math.min(Math.floor(this.#top), this.#facts.rows() - 1)));
  readonly last: number = $derived.by(() => Math.min(this.#facts.rows(), this.first + Math.ceil(this.#bodyHeight / ROW) + 1));
  readonly fromColumn: number = $derived(Math.max(0, upper(this.offsets, this.#left) - 2));
  readonly #toColumn: number = $derived(Math.min(this.offsets.length - 1, upper(this.offsets, this.#left + this.#wide) + 1));
  readonly shownRows: readonly number[] = $derived(span(this.first, this.last));
  readonly shownColumns: readonly number[] = $derived(span(this.fromColumn, this.#toColumn));
  readonly shift: number = $derived(-Math.max(0, this.#top - this.first) * ROW);
  /** Rows of one page less two, for Page Up and Page Down. */
  readonly page: number = $derived(Math.max(1, Math.floor(this.#bodyHeight / ROW) - 2));
  get top(): number { return this.#top; }
  get lastTop(): number { return this.#lastTop; }

  /** An attachment for the scrolling element. */
  readonly attach = (box: HTMLElement): (() => void) => {
    this.#box = box;
    const watch = new ResizeObserver(() => { this.#wide = box.clientWidth; });
    watch.observe(box);
    const wheel = (event: WheelEvent): void => this.#wheel(event);
    box.addEventListener('wheel', wheel, { passive: false });
    return () => { watch.disconnect(); box.removeEventListener('wheel', wheel); this.#box = null; };
  };

  scrolled(): void {
    const box = this.#box;
    if (box === null) return;
    this.#left = box.scrollLeft;
    if (Math.abs(box.scrollTop - this.#own) < 1) return;
    this.#own = -1;
    const most = box.scrollHeight - box.clientHeight;
    this.#top = this.#scaled ? (most <= 0 ? 0 : (box.scrollTop / most) * this.#lastTop) : box.scrollTop / ROW;
  }
  /** That row becomes the first in view, as far as there are rows below it. */
  moveTo(row: number): void {
    const box = this.#box;
    if (box === null) return;
    this.#top = Math.max(0, Math.min(this.#lastTop, row));
    const most = box.scrollHeight - box.clientHeight;
    box.scrollTop = this.#scaled ? (this.#top / Math.max(1, this.#lastTop)) * most : this.#top * ROW;
    this.#own = box.scrollTop;
  }
  /** Scrolls as little as needed for that cell to be seen whole; a row below 0 is the header. */
  reveal(row: number, column: number): void {
    const box = this.#box;
    if (box === null) return;
    const full = Math.floor((this.#bodyHeight - 15) / ROW);
    if (row >= 0 && row < this.#top) this.moveTo(row);
    else if (row >= 0 && row > this.#top + full - 1) this.moveTo(row - full + 1);
    const from = this.offsets[column] ?? 0;
    const to = this.offsets[column + 1] ?? from;
    if (from < box.scrollLeft) box.scrollLeft = from;
    else if (to + this.gutter > box.scrollLeft + box.clientWidth) box.scrollLeft = to + this.gutter - box.clientWidth;
  }

  #wheel(event: WheelEvent): void {
    if (!this.#scaled || event.ctrlKey || event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) return;
    const next = this.#top + (event.deltaMode === 1 ? event.deltaY : event.deltaY / ROW);
    if ((next <= 0 && this.#top === 0) || (next >= this.#lastTop && this.#top === this.#lastTop)) return;
    event.preventDefault();
    this.moveTo(next);
  }
}

const span = (from: number, to: number): number[] => Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
function upper(list: readonly number[], value: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}
