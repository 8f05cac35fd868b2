// A binary heap over an array: the item that comes before all others lies first. `before` must be a strict total order.
type Before<T> = (a: T, b: T) => boolean;

export function pushHeap<T>(heap: T[], item: T, before: Before<T>): void {
  let at = heap.push(item) - 1;
  while (at > 0) {
    const above = (at - 1) >> 1;
    if (!before(item, heap[above])) break;
    heap[at] = heap[above];
    at = above;
  }
  heap[at] = item;
}

/** Takes the first item out; undefined when there is none. */
export function popHeap<T>(heap: T[], before: Before<T>): T | undefined {
  const first = heap[0];
  const item = heap.pop();
  if (item === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    let under = 2 * at + 1;
    if (under >= heap.length) break;
    if (under + 1 < heap.length && before(heap[under + 1], heap[under])) under++;
    if (!before(heap[under], item)) break;
    heap[at] = heap[under];
    at = under;
  }
  heap[at] = item;
  return first;
}
