// Charts draw one per frame: a page of ten charts then takes ten short frames, not one long one that holds the page.
// A chart that asks again before its turn keeps its place and draws its newest state.
type Frame = (run: () => void) => void;

/** `frame` is requestAnimationFrame, or a test's own. */
export function drawQueue(frame: Frame): { ask(chart: object, draw: () => void): void; leave(chart: object): void } {
  const waiting = new Map<object, () => void>();
  let isAwaited = false;
  const next = (): void => {
    isAwaited = true;
    frame(() => {
      isAwaited = false;
      const [first] = waiting;
      if (first === undefined) return;
      waiting.delete(first[0]);
      if (waiting.size > 0) next();
      first[1]();
    });
  };
  return {
    ask(chart, draw) {
      waiting.set(chart, draw);
      if (!isAwaited) next();
    },
    leave: (chart) => void waiting.delete(chart),
  };
}
