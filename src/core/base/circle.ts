// Sine and cosine of a fraction of a turn: the same bits on every engine, where Math.sin may differ by an ulp.
// In: turns (1 = a full circle). Out: [-1, 1]; exact at quarter turns. Kernels: FreeBSD msun k_sin.c and k_cos.c.
export function sinTurns(turns: number): number {
  const r = turns - Math.floor(turns);
  const quarter = Math.round(r * 4);
  const x = (r - quarter / 4) * 6.283185307179586;
  const z = x * x;
  if (quarter & 1) {
    const c = 1 - 0.5 * z + z * z * (4.16666666666666019037e-2 + z * (-1.38888888888741095749e-3 + z * (2.48015872894767294178e-5 + z * (-2.75573143513906633035e-7 + z * (2.08757232129817482790e-9 - z * 1.13596475577881948265e-11)))));
    return quarter & 2 ? -c : c;
  }
  const s = x + x * z * (-1.66666666666666324348e-1 + z * (8.33333333332248946124e-3 + z * (-1.98412698298579493134e-4 + z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)))));
  return quarter & 2 ? -s : s;
}
export const cosTurns = (turns: number): number => sinTurns(turns + 0.25);
