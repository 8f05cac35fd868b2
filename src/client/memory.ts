// How much memory the page uses, with its workers. The browser's own measure (performance.measureUserAgentSpecificMemory, only
// where the page is isolated) is true but may take 20 s; between two measures the engine's count of its data tells the change. A measure during which
// that count changed much says nothing and is left out.
import type { MemoryReport } from '../wire/engine.ts';

/** How old a measure may be before another is asked for. */
const FRESH_MS = 20_000;

type Measure = () => Promise<number | null>;

/** A function that gives the report at once; `held` asks the engine for the bytes of its data. */
export function makeMemoryMeter(held: () => Promise<number>, measure: Measure = measurePage, now: () => number = () => performance.now()): () => Promise<MemoryReport> {
  let last: { page: number; data: number; at: number } | null = null;
  let isMeasuring = false;
  const refresh = async (): Promise<void> => {
    isMeasuring = true;
    const before = await held().catch(() => 0);
    const page = await measure().catch(() => null);
    const after = await held().catch(() => before);
    const isSteady = Math.abs(after - before) <= 0.1 * Math.max(before, after);
    if (page !== null && isSteady) last = { page, data: after, at: now() };
    isMeasuring = false;
  };
  return async () => {
    if (!isMeasuring && (last === null || now() - last.at > FRESH_MS)) void refresh();
    const data = await held();
    return { data, page: last && Math.max(data, last.page + data - last.data) };
  };
}

/** Bytes of this page and its workers together; null where a page may not ask. */
export async function measurePage(): Promise<number | null> {
  const { measureUserAgentSpecificMemory } = performance as { measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }> };
  if (!measureUserAgentSpecificMemory || !crossOriginIsolated) return null;
  return (await measureUserAgentSpecificMemory.call(performance)).bytes;
}
