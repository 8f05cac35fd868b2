// User Timing measures of long calls, one per job and one per stage of it, as the page heard of them.
// Seen in the browser's own profiler and read by the main-job benchmark; nothing else depends on them.

/** Measures `title` until `end`, and in it each stage from its first report to the next stage's. */
export function stageMarks(title: string): { enter(stage: string): void; end(): void } {
  const begun = performance.now();
  let stage: string | null = null;
  let since = begun;
  const close = (): void => {
    if (stage !== null) performance.measure(`stage: ${stage}`, { start: since, end: performance.now() });
  };
  return {
    enter(next) {
      if (next === stage) return;
      close();
      stage = next;
      since = performance.now();
    },
    end() {
      close();
      performance.measure(`job: ${title}`, { start: begun, end: performance.now() });
    },
  };
}
