// @ts-nocheck
import { test } from 'vitest';
import { Worker } from 'node:worker_threads';
import { defaults } from '../../../src/core/base/params.ts';
import { gbt } from '../../../src/core/learners/gbt/gbt.ts';
import { forest } from '../../../src/core/learners/forest/forest.ts';
import { hashModel } from '../../../src/core/models/hash-model.ts';
import { loadTreeKernels } from '../../../src/kernels/trees-wasm/index.ts';
import { testThreads } from '../../parity/tree-threads.ts';
import { context, made } from '../core/learners/gbt/made.ts';
import { readdirSync } from 'node:fs';
const tasks = () => readdirSync('/proc/self/task').length;
test('two fits at once, stop, leak', async () => {
  const spawn = await testThreads();
  const t0 = tasks();
  const loaded = await loadTreeKernels({ threads: 3, spawn, aloneUpTo: 0 });
  console.log('tasks', t0, '->', tasks(), loaded.kernels.threads, loaded.reason());
  const K = { ...context, kernels: { ...context.kernels, trees: loaded.kernels as never } };
  const fit = (L: any, task: any, p: object, extra: object = {}) => L.fit(made(task, 3000, 1), { ...defaults(L.params), trees: 20, minLeafRows: 5, ...p }, { ...K, valid: made(task, 300, 2), ...extra } as any);
  const solo = await fit(gbt, 'binary', {});
  const breathe = () => new Promise<'go'>((r) => setTimeout(() => r('go'), 1));
  const [a, b, c] = await Promise.all([fit(gbt, 'binary', {}, { breathe }), fit(gbt, 'binary', {}, { breathe }), fit(forest, 'binary', {}, { breathe })]);
  console.log('same', hashModel(a) === hashModel(solo), hashModel(b) === hashModel(solo), 'threads after', loaded.kernels.threads);
  // stop and throw in mid
  let n = 0;
  const st = await fit(gbt, 'binary', {}, { breathe: async () => (++n > 5 ? 'stop' : 'go') });
  await fit(gbt, 'binary', {}, { breathe: async () => { throw new Error('discard'); } }).catch((e: any) => console.log('discard', e.message));
  console.log('threads after stop/discard', loaded.kernels.threads, hashModel(await fit(gbt, 'binary', {})) === hashModel(solo));
  loaded.end(); await new Promise((r) => setTimeout(r, 500)); console.log('tasks after end', tasks());
}, 60000);
test('odd values', async () => {
  const spawn = await testThreads();
  const loaded = await loadTreeKernels({ threads: 2, spawn, aloneUpTo: 0 });
  const one = await loadTreeKernels({});
  const rows = 4000;
  const bits = new Uint32Array(rows); for (let i = 0; i < rows; i++) bits[i] = i % 7 === 0 ? 0x7fc00000 + (i * 977) % 0x3fffff : i % 7 === 1 ? 0xffc00001 + i : i % 7 === 2 ? 0x80000000 : i % 7 === 3 ? (i * 131) % 0x7fffff : i % 7 === 4 ? 0x80000000 + (i * 37) % 0x7fffff : (0x3f800000 + i * 1000);
  const odd = new Float32Array(bits.buffer);
  const m0 = made('regression', rows, 3);
  const m = { ...m0, data: [odd, ...m0.data.slice(1)], weight: Float32Array.from({ length: rows }, (_, i) => (i % 5 === 0 ? 0 : i % 5 === 1 ? 1e-30 : i % 5 === 2 ? 1e20 : 1e-40)) };
  for (const [L, p] of [[gbt, {}], [gbt, { objective: 'huber' }], [gbt, { objective: 'quantile', quantile: 0.1 }], [gbt, { sampling: 'goss', learningRate: 0.4 }], [gbt, { l2: 0, minLeafRows: 1 }], [forest, {}], [forest, { splits: 'random', sampling: 'bootstrap' }]] as any) for (const w of [true, false]) {
    const h: string[] = [];
    for (const k of [context.kernels.trees, one.kernels, loaded.kernels]) {
      try { h.push(hashModel(await L.fit(w ? m : { ...m, weight: null }, { ...defaults(L.params), trees: 10, minLeafRows: 5, ...p }, { ...context, kernels: { ...context.kernels, trees: k } } as any))); } catch (e: any) { h.push(e.code + e.message); }
    }
    console.log(L.type, JSON.stringify(p), w, h[0] === h[1] && h[1] === h[2] ? 'equal ' + h[0].slice(0, 80) : h);
  }
  const zero = { ...m, weight: new Float32Array(rows) };
  for (const L of [gbt, forest] as any[]) { try { const x = await L.fit(zero, { ...defaults(L.params), trees: 5 }, { ...context, kernels: { ...context.kernels, trees: one.kernels } } as any); console.log('zero weights', L.type, hashModel(x), JSON.stringify(x.json).slice(0, 200)); } catch (e: any) { console.log('zero weights', L.type, e.code, e.message); } }
}, 60000);
