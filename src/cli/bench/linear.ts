// Linear models against scikit-learn, one thread each: logistic, softmax, ridge, lasso, elastic net and its path, Poisson, Huber,
// squared-hinge SVM, on tables of ../shared/data and half a million generated rows. Ours must reach an objective no worse than theirs
// (the column says by how much theirs is above ours, relative). Processor time decides; alternating runs, medians.
// Options: --case adult,synthetic (part of a name), --rounds N.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaults } from '../../core/base/params.ts';
import { quiet } from '../../core/base/task.ts';
import type { FitContext } from '../../core/learners/learner.ts';
import { linear } from '../../core/learners/linear/linear.ts';
import { evaluatePoint } from '../../core/learners/linear/objective.ts';
import { openProblem, priorStart } from '../../core/learners/linear/open-problem.ts';
import { momentsOf, squaredPath, strengths } from '../../core/learners/linear/path.ts';
import { svm } from '../../core/learners/linear/svm.ts';
import type { Matrix } from '../../core/table/matrix.ts';
import type { Door } from '../command.ts';
import { loadLinearKernels } from '../../kernels/linear-wasm/index.ts';
import { digits, msText } from '../print.ts';
import { defineBench, spread, type BenchResult } from './bench.ts';
import { linearSynthetic, linearTable } from './linear-data.ts';
import { objectiveOf, rawWeights } from './linear-objective.ts';
import { fitInPython, type LinearPeerFit } from './linear-peer.ts';
import { onlyTrees } from './tree-kernels.ts';
import { writeMatrix } from './trees-folder.ts';

export type LinearModel = 'logistic' | 'softmax' | 'ridge' | 'lasso' | 'elastic' | 'path' | 'poisson' | 'huber' | 'svm';
type Case = { readonly name: string; readonly open: (door: Door) => Promise<Matrix | null> | Matrix; readonly models: readonly LinearModel[] };
type OurFit = { ms: number; cpu: number; coef: number[]; intercept: number[] };

const file = (name: string, path: string, target: string, models: readonly LinearModel[]): Case => ({ name, open: (door) => linearTable(path, target, door), models });
const squared = ['ridge', 'lasso', 'elastic', 'path', 'huber'] as const;
const cases: readonly Case[] = [
  file('adult', 'adult.csv.gz', 'income', ['logistic', 'svm']),
  file('magic', 'magic_gamma.csv', 'Class', ['logistic', 'svm']),
  file('spambase', 'spambase.csv', 'target', ['logistic', 'svm']),
  file('digits', 'digits_optical.csv.gz', 'target', ['softmax']),
  file('letter', 'letter.csv', 'lettr', ['softmax']),
  file('protein', 'protein_casp.csv.gz', 'RMSD', squared),
  file('diamonds', 'diamonds.csv.gz', 'price', [...squared, 'poisson']),
  file('bikes', 'bike_sharing_hour.csv', 'cnt', ['poisson']),
  file('claims', 'fremtpl2_freq.csv.gz', 'ClaimNb', ['poisson']),
  { name: 'synthetic class 500k', open: () => linearSynthetic(500_000, 28, 'class'), models: ['logistic', 'svm'] },
  { name: 'synthetic value 500k', open: () => linearSynthetic(500_000, 28, 'value'), models: squared },
  { name: 'synthetic count 500k', open: () => linearSynthetic(500_000, 28, 'count'), models: ['poisson'] },
];

export const linearBench = defineBench({
  type: 'linear',
  about: 'Linear models on one thread against scikit-learn: time, and the objective that both reach',
  async run(door, choice) {
    const result: BenchResult = { header: ['table', 'model', 'ours', 'CPU', 'scikit-learn', 'CPU', 'CPU ratio', 'theirs above ours'], right: [false, false, true, true, true, true, true, true], table: [], rows: [], claims: [], leftOut: [] };
    for (const one of cases.filter(({ name }) => !choice.cases || choice.cases.some((part) => name.includes(part)))) {
      door.progress(`reading ${one.name}`, null);
      const matrix = await one.open(door);
      if (!matrix) result.leftOut.push(`${one.name}: ../shared/data is not here`);
      else await compare(one, matrix, choice.rounds ?? 3, result, door);
    }
    const ratios = result.rows.map((row) => (row as { cpu_ratio: number | null }).cpu_ratio).filter((ratio) => ratio !== null);
    const slower = result.rows.filter((row) => ((row as { cpu_ratio: number | null }).cpu_ratio ?? 0) > 1).length;
    result.claims.push({ claim: 'fits that take more processor time than scikit-learn', measured: ratios.length ? `${slower} of ${ratios.length}` : null, bar: '0', holds: ratios.length ? slower === 0 : null });
    return result;
  },
});

async function compare(one: Case, matrix: Matrix, rounds: number, result: BenchResult, door: Door): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'barnacle-linear-'));
  try {
    writeMatrix(folder, 'train', matrix);
    for (const model of one.models) {
      const strength = await strengthOf(model, matrix);
      const [ours, theirs]: [OurFit[], LinearPeerFit[]] = [[], []];
      await fitHere(model, matrix, strength);
      for (let round = 0; round < rounds; round++) {
        door.progress(`${one.name} ${model}, run ${round + 1} of ${rounds}`, null);
        ours.push(await fitHere(model, matrix, strength));
        const peer = fitInPython({ model, folder, rows: matrix.rows, features: matrix.data.length, isClass: matrix.target!.kind === 'class', strength, repeats: 2 });
        if (typeof peer === 'string') {
          if (round === 0) result.leftOut.push(`scikit-learn ${model} on ${one.name}: ${peer}`);
        } else theirs.push(peer);
      }
      report(one.name, model, matrix, strength, ours, theirs, result);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** 1 for the sums of ridge; a hundredth of the strength that leaves nothing for lasso and elastic net. */
async function strengthOf(model: LinearModel, matrix: Matrix): Promise<number> {
  if (model === 'huber') return 1e-4;
  if (model !== 'lasso' && model !== 'elastic') return 1;
  const { problem } = openProblem(matrix, 'squared', defaults(linear.params), false);
  const prior = await evaluatePoint(problem, priorStart(problem), 'gradient', quiet);
  return strengths(problem, prior!.gradient, model === 'lasso' ? 1 : 0.5, 2, 0.01, matrix.rows)[1];
}

async function fitHere(model: LinearModel, matrix: Matrix, strength: number): Promise<OurFit> {
  const context: FitContext = { ...quiet, seed: 1, valid: null, kernels: { ...onlyTrees(null as never), linear: await loadLinearKernels() } };
  const before = process.cpuUsage();
  const start = performance.now();
  const end = (found: { coef: number[]; intercept: number[] }): OurFit => {
    const { user, system } = process.cpuUsage(before);
    return { ms: performance.now() - start, cpu: (user + system) / 1000, ...found };
  };
  if (model === 'path') {
    const { problem } = openProblem(matrix, 'squared', defaults(linear.params), false, true, await loadLinearKernels());
    const moments = (await momentsOf(problem, quiet))!;
    const coef: number[] = [];
    const lambdas = strengths(problem, moments.gradient, 0.5, 100, 1e-3, matrix.rows);
    await squaredPath(problem.design, moments, { lambdas, ratio: 0.5 }, quiet, (theta) => coef.push(...problem.design.scale.map((s, j) => s * theta[j])));
    return end({ coef, intercept: [] });
  }
  if (model === 'svm') return end(rawWeights(await svm.fit(matrix, { ...defaults(svm.params), c: 1 / strength, probabilities: 'rows', heldIntercept: true }, context)));
  const base = { ...defaults(linear.params), errors: false };
  const own = model === 'lasso' || model === 'elastic' ? { penalty: model, alpha: strength } : model === 'huber' ? { objective: model, l2: strength * deviationOf(matrix) } : model === 'poisson' ? { objective: model, l2: strength } : { l2: strength };
  return end(rawWeights(await linear.fit(matrix, { ...base, ...own }, context)));
}

/** Of the target: our penalty of Huber is for a target in deviations. */
function deviationOf({ target, rows }: Matrix): number {
  const values = target?.kind === 'value' ? target.values : new Float64Array(rows);
  const mean = values.reduce((sum, y) => sum + y, 0) / rows;
  return Math.sqrt(values.reduce((sum, y) => sum + (y - mean) ** 2, 0) / rows) || 1;
}

function report(name: string, model: LinearModel, matrix: Matrix, strength: number, ours: readonly OurFit[], theirs: readonly LinearPeerFit[], result: BenchResult): void {
  const mine = { ms: spread(ours.map((one) => one.ms)).median, cpu: spread(ours.map((one) => one.cpu)).median };
  const peer = theirs.length ? { ms: spread(theirs.flatMap((one) => one.ms)).median, cpu: spread(theirs.flatMap((one) => one.cpu)).median } : null;
  const ratio = peer && mine.cpu / peer.cpu;
  const own = objectiveOf(model, matrix, strength, ours[0]);
  const other = theirs.length ? objectiveOf(model, matrix, strength, theirs[0]) : null;
  const above = other === null || own === null ? null : (other - own) / Math.abs(own);
  result.table.push([`${name} ${matrix.rows} x ${matrix.data.length}`, model, msText(mine.ms), msText(mine.cpu), peer ? msText(peer.ms) : '', peer ? msText(peer.cpu) : '', ratio === null ? '' : digits(ratio, 2), above === null ? '' : above.toExponential(1)]);
  result.rows.push({ table: name, rows: matrix.rows, features: matrix.data.length, model, ms: mine.ms, cpu_ms: mine.cpu, peer_ms: peer?.ms ?? null, peer_cpu_ms: peer?.cpu ?? null, cpu_ratio: ratio, peer_note: theirs[0]?.note ?? null, peer_above: above });
}
