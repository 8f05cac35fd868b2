// An order of columns that puts strongly associated ones side by side, for the association matrix.
// Average-linkage clustering on 1 - |association|; the shorter end of each merge is turned so that alike ends meet.
// n columns take n^3 steps: meant for at most some forty.
export function clusterOrder(names: readonly string[], strength: (a: string, b: string) => number): string[] {
  let groups = names.map((name) => [name]);
  const between = (a: string[], b: string[]): number => a.reduce((sum, x) => sum + b.reduce((inner, y) => inner + strength(x, y), 0), 0) / (a.length * b.length);
  while (groups.length > 1) {
    let best: { a: number; b: number; value: number } = { a: 0, b: 1, value: -1 };
    for (let a = 0; a < groups.length; a++) for (let b = a + 1; b < groups.length; b++) {
      const value = between(groups[a] ?? [], groups[b] ?? []);
      if (value > best.value) best = { a, b, value };
    }
    const joined = meet(groups[best.a] ?? [], groups[best.b] ?? [], strength);
    groups = [...groups.filter((_, index) => index !== best.a && index !== best.b), joined];
  }
  return groups[0] ?? [];
}

function meet(a: string[], b: string[], strength: (a: string, b: string) => number): string[] {
  const ends = (left: string[], right: string[]): number => strength(left.at(-1) ?? '', right[0] ?? '');
  const ways = [[a, b], [a.toReversed(), b], [a, b.toReversed()], [a.toReversed(), b.toReversed()]] as const;
  const best = ways.reduce((top, way) => (ends(way[0], way[1]) > ends(top[0], top[1]) ? way : top));
  return [...best[0], ...best[1]];
}
