// Own exp, log and what rests on them: the same bits on every engine, where Math.exp and Math.log may differ by an ulp.
// Only + - * / and integer operations on doubles, all correctly rounded by IEEE 754, so results are reproducible.
// Algorithms: FreeBSD msun e_exp.c and e_log.c (Sun Microsystems, 1993): error below 1 ulp.
const view = new DataView(new ArrayBuffer(8));
const LN2_HI = 6.93147180369123816490e-1;
const LN2_LO = 1.90821492927058770002e-10;
const INV_LN2 = 1.44269504088896338700;

function highWord(x: number): number {
  view.setFloat64(0, x);
  return view.getInt32(0);
}

/** 2^k for k in [-1022, 1023]: looked up, since ** is a slow call. */
const POWERS = new Float64Array(2046);
POWERS[1022] = 1;
for (let k = 1; k <= 1023; k++) POWERS[1022 + k] = 2 * POWERS[1021 + k];
for (let k = 1; k <= 1022; k++) POWERS[1022 - k] = POWERS[1023 - k] / 2;

/** x times 2^k, exact unless it leaves the normal range; k in [-1075, 1024]. */
function scale2(x: number, k: number): number {
  if (k > 1023) return x * POWERS[2045] * 2;
  if (k < -1022) return x * POWERS[0] * POWERS[k + 2044];
  return x * POWERS[k + 1022];
}

/** e^x for any double; 0 below -745.13, Infinity above 709.78. */
export function exp(x: number): number {
  if (x !== x) return NaN;
  if (x > 709.782712893383973096) return Infinity;
  if (x < -745.13321910194110842) return 0;
  let hi = x;
  let lo = 0;
  let k = 0;
  if (x > 0.34657359027997264 || x < -0.34657359027997264) {
    k = Math.trunc(INV_LN2 * x + (x < 0 ? -0.5 : 0.5));
    hi = x - k * LN2_HI;
    lo = k * LN2_LO;
    x = hi - lo;
  }
  const t = x * x;
  const c = x - t * (1.66666666666666019037e-1 + t * (-2.77777777770155933842e-3 + t * (6.61375632143793436117e-5 + t * (-1.65339022054652515390e-6 + t * 4.13813679705723846039e-8))));
  if (k === 0) return 1 - ((x * c) / (c - 2) - x);
  return scale2(1 - (lo - (x * c) / (2 - c) - hi), k);
}

/** Natural logarithm; NaN below 0, -Infinity at 0. */
export function log(x: number): number {
  if (x !== x || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return x;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    k -= 54;
    x *= 18014398509481984;
  }
  const word = highWord(x);
  k += (word >> 20) - 1023;
  const mantissa = word & 0xfffff;
  const i = (mantissa + 0x95f64) & 0x100000;
  view.setFloat64(0, x);
  view.setInt32(0, mantissa | (i ^ 0x3ff00000));
  k += i >> 20;
  const f = view.getFloat64(0) - 1;
  if (f === 0) return k * LN2_HI + k * LN2_LO;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const t1 = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const t2 = z * (6.666666666666735130e-1 + w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const r = t2 + t1;
  const half = 0.5 * f * f;
  return k * LN2_HI - (half - (s * (half + r) + k * LN2_LO) - f);
}

/** log(1 + x) by the compensated form of Kahan; x above -1. */
export function log1p(x: number): number {
  const u = 1 + x;
  return u === 1 ? x : u === Infinity ? u : (log(u) * x) / (u - 1);
}

/** 1 / (1 + e^-x), without overflow. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + exp(-x));
  const e = exp(x);
  return e / (1 + e);
}

/** log(1 + e^x), without overflow. */
export function softplus(x: number): number {
  return x > 0 ? x + log1p(exp(-x)) : log1p(exp(x));
}

/** base^exponent for base > 0, through exp and log. */
export function pow(base: number, exponent: number): number {
  return exponent === 0 ? 1 : base === 0 ? 0 : exp(exponent * log(base));
}

/** Softmax in place of `values[offset .. offset + width)`. */
export function softmax(values: Float64Array | Float32Array, offset: number, width: number): void {
  let top = -Infinity;
  for (let j = 0; j < width; j++) if (values[offset + j] > top) top = values[offset + j];
  let sum = 0;
  for (let j = 0; j < width; j++) sum += values[offset + j] = exp(values[offset + j] - top);
  for (let j = 0; j < width; j++) values[offset + j] = values[offset + j] / sum;
}

/** sin and cos of an angle in [-pi/4, pi/4]: FreeBSD msun k_sin.c and k_cos.c. */
function sinSmall(x: number): number {
  const z = x * x;
  const r = 8.33333333332248946124e-3 + z * (-1.98412698298579493134e-4 + z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x + z * x * (-1.66666666666666324348e-1 + z * r);
}
function cosSmall(x: number): number {
  const z = x * x;
  const r = z * (4.16666666666666019037e-2 + z * (-1.38888888888741095749e-3 + z * (2.48015872894767294178e-5 + z * (-2.75573143513906633035e-7 + z * (2.08757232129817482790e-9 + z * -1.13596475577881948265e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + z * r);
}
const TWO_PI = 6.283185307179586;

/** sin(2 pi t): t in turns, so that the reduction to an eighth of a turn is exact for |t| below 2^50; NaN for no finite t. */
export function sinTurn(t: number): number {
  const k = Math.floor(4 * t + 0.5);
  const x = TWO_PI * (t - 0.25 * k);
  const quarter = k - 4 * Math.floor(0.25 * k);
  return quarter === 0 ? sinSmall(x) : quarter === 1 ? cosSmall(x) : quarter === 2 ? -sinSmall(x) : quarter === 3 ? -cosSmall(x) : NaN;
}

/** cos(2 pi t), as sinTurn. */
export function cosTurn(t: number): number {
  const k = Math.floor(4 * t + 0.5);
  const x = TWO_PI * (t - 0.25 * k);
  const quarter = k - 4 * Math.floor(0.25 * k);
  return quarter === 0 ? cosSmall(x) : quarter === 1 ? -sinSmall(x) : quarter === 2 ? -cosSmall(x) : quarter === 3 ? sinSmall(x) : NaN;
}

/** Hyperbolic tangent, through exp. */
export function tanh(x: number): number {
  const e = exp(-2 * Math.abs(x));
  const t = (1 - e) / (1 + e);
  return x < 0 ? -t : t;
}
