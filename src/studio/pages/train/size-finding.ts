// What score against size says, in one sentence; points come best first.
type Point = { name: string; bytes: number; value: number; low: number; high: number };

export function sizeFinding(points: readonly Point[]): string {
  const best = points[0];
  if (best === undefined) return 'No model yet';
  const smaller = points.slice(1).filter((point) => point.bytes < best.bytes);
  if (smaller.length === 0) return 'The best model is also the smallest';
  const tied = smaller.filter((point) => point.low <= best.high && best.low <= point.high).sort((a, b) => a.bytes - b.bytes)[0];
  if (tied === undefined) return 'Smaller models cost score';
  const times = best.bytes / tied.bytes;
  return `${tied.name}: tied with the best, ${times >= 10 ? Math.round(times) : times.toFixed(1)} times smaller`;
}
