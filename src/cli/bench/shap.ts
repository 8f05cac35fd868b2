// Explaining rows of one boosted model (31 leaves), one thread each: ours in WASM against LightGBM's pred_contrib and the shap
// package's C extension, on the same trees written as a LightGBM model file; interventional against 100 background rows too.
// Times are of all rows; the CPU time decides, so that other work on the machine does not count. Alternating runs, medians.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaults } from '../../core/base/params.ts';
import { quiet } from '../../core/base/task.ts';
import { routeCovers } from '../../core/explain/route-covers.ts';
import { treeShap } from '../../core/explain/tree-shap.ts';
import { gbt } from '../../core/learners/gbt/gbt.ts';
import type { Model } from '../../core/models/model.ts';
import { nodesOf } from '../../core/models/trees-nodes.ts';
import type { Matrix } from '../../core/table/matrix.ts';
import { loadShapKernels } from '../../kernels/trees-shap-wasm/index.ts';
import type { Door } from '../command.ts';
import { digits, msText } from '../print.ts';
import { defineBench, spread, type BenchResult } from './bench.ts';
import { lightgbmText } from './lightgbm-text.ts';
import { explainInPython, shapPeers, type ShapFit, type ShapPeer } from './shap-peer.ts';
import { treeKernels } from './tree-kernels.ts';
import { synthetic } from './trees-data.ts';
import { shared } from './trees-ours.ts';
import { writeMatrix } from './trees-folder.ts';

const features = 28;
const rows = 2000;
const fewRows = 100;
const backgroundRows = 100;
type Runs = { rows: number; ms: number[]; cpuMs: number[]; error: number; values: Float64Array };

export const shapBench = defineBench({
  type: 'shap',
  about: 'Exact SHAP values of 100 and 500 trees of 31 leaves on one thread, against LightGBM and the shap package where Python has them',
  async run(door, choice) {
    const result: BenchResult = { header: ['trees', 'by', 'rows', 'time', 'range', 'rows/s (CPU)', 'ns/row/tree', 'additivity error'], right: [true, false, true, true, true, true, true, true], table: [], rows: [], claims: [], leftOut: [] };
    const data = synthetic(50_000, features);
    for (const trees of [100, 500]) {
      door.progress(`growing ${trees} trees`, null);
      const model = await grow(data.train, trees);
      const runs = await contest(model, data, trees, choice.rounds ?? 3, result, door);
      for (const [by, run] of runs) report(trees, by, run, result);
      claim(trees, runs, result);
    }
    return result;
  },
});

async function grow(train: Matrix, trees: number): Promise<Model> {
  const kernels = { trees: await treeKernels(1), nets: () => Promise.reject(new Error('no net is trained here')) };
  return gbt.fit(train, { ...defaults(gbt.params), ...shared, trees }, { ...quiet, seed: 1, valid: null, kernels });
}

async function contest(model: Model, { train, test }: { train: Matrix; test: Matrix }, trees: number, rounds: number, result: BenchResult, door: Door): Promise<Map<string, Runs>> {
  const folder = mkdtempSync(join(tmpdir(), 'barnacle-shap-'));
  const runs = new Map<string, Runs>();
  const keep = (by: string, count: number, fit: { ms: number; cpuMs: number; error: number }, values: Float64Array) => {
    const held = runs.get(by) ?? { rows: count, ms: [], cpuMs: [], error: 0, values };
    runs.set(by, { ...held, ms: [...held.ms, fit.ms], cpuMs: [...held.cpuMs, fit.cpuMs], error: Math.max(held.error, fit.error) });
  };
  try {
    const covers = nodesOf(model).covers ?? routeCovers(model, train);
    const [explained, few, background] = [part(test, 0, rows), part(test, 0, fewRows), part(test, rows, backgroundRows)];
    writeFileSync(join(folder, 'model.txt'), lightgbmText(model, covers));
    writeMatrix(folder, 'test', explained);
    writeFileSync(join(folder, 'background.x'), Buffer.concat(background.data.map((column) => new Uint8Array(column.slice().buffer))));
    const kernels = await loadShapKernels();
    await treeShap({ model, matrix: few, covers, kernels }, quiet);
    for (let round = 0; round < rounds; round++) {
      door.progress(`${trees} trees: ours, run ${round + 1}`, null);
      for (const [by, matrix, ground] of [[`ours (${kernels.backend})`, explained, null], ['ours, interventional', few, background]] as const) {
        const { fit, values } = await explainHere(() => treeShap({ model, matrix, covers, kernels, background: ground }, quiet));
        keep(by, matrix.rows, fit, values);
      }
      for (const peer of shapPeers) {
        if (result.leftOut.some((line) => line.startsWith(`${peer}:`))) continue;
        door.progress(`${trees} trees: ${peer}, run ${round + 1}`, null);
        const count = peer.endsWith('interventional') ? fewRows : rows;
        const fit: ShapFit | string = explainInPython(peer as ShapPeer, { folder, rows: count, held: rows, features, outputs: 1, background: backgroundRows });
        if (typeof fit === 'string') result.leftOut.push(`${peer}: ${fit}`);
        else keep(`${peer} ${fit.version}`, count, fit, new Float64Array(new Uint8Array(readFileSync(join(folder, 'shap.p'))).buffer));
      }
    }
    return runs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function explainHere(work: () => ReturnType<typeof treeShap>): Promise<{ fit: Omit<ShapFit, 'version'>; values: Float64Array }> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { values, error } = await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return { fit: { ms, cpuMs: (user + system) / 1000, error }, values };
}

const part = (matrix: Matrix, from: number, count: number): Matrix => ({ ...matrix, rows: count, data: matrix.data.map((column) => column.slice(from, from + count)), target: matrix.target?.kind === 'class' ? { ...matrix.target, codes: matrix.target.codes.slice(from, from + count) } : null });

function report(trees: number, by: string, run: Runs, result: BenchResult): void {
  const [ms, cpu] = [spread(run.ms), spread(run.cpuMs)];
  const perSecond = (run.rows / cpu.median) * 1000;
  const nanoseconds = (cpu.median * 1e6) / run.rows / trees;
  result.table.push([String(trees), by, String(run.rows), msText(ms.median), `${msText(ms.low)} - ${msText(ms.high)}`, digits(perSecond, 0), digits(nanoseconds, 0), run.error.toExponential(1)]);
  result.rows.push({ trees, by, rows: run.rows, ms: ms.median, low_ms: ms.low, high_ms: ms.high, cpu_ms: cpu.median, rows_per_s: perSecond, ns_per_row_tree: nanoseconds, error: run.error });
}

function claim(trees: number, runs: ReadonlyMap<string, Runs>, result: BenchResult): void {
  for (const isBackground of [false, true]) {
    const kind = isBackground ? 'interventional' : 'path-dependent';
    const own = [...runs].filter(([by]) => by.includes('interventional') === isBackground);
    const mine = own.find(([by]) => by.startsWith('ours'))![1];
    const others = own.filter(([by]) => !by.startsWith('ours')).map(([, run]) => run);
    const cpu = (run: Runs) => spread(run.cpuMs).median;
    const faster = others.length ? Math.min(...others.map(cpu)) / cpu(mine) : null;
    const apart = others.length ? Math.max(...others.map((run) => run.values.reduce((most, value, at) => Math.max(most, Math.abs(value - mine.values[at])), 0))) : null;
    result.claims.push({ claim: `${trees} trees, ${kind}: additivity error`, measured: Number(mine.error.toExponential(1)), bar: '< 1e-6', holds: mine.error < 1e-6 });
    result.claims.push({ claim: `${trees} trees, ${kind}: times as fast as the fastest peer (CPU time)`, measured: faster && Number(faster.toFixed(1)), bar: '> 1', holds: faster === null ? null : faster > 1 });
    result.claims.push({ claim: `${trees} trees, ${kind}: largest difference from a peer's value`, measured: apart === null ? null : Number(apart.toExponential(1)), bar: '< 1e-5', holds: apart === null ? null : apart < 1e-5 });
  }
}
