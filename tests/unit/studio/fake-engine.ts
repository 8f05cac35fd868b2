// An EngineApi for tests of the studio's states: answers at once from a tiny world, records what was asked.
import { hashJson } from '../../../src/core/base/hash.ts';
import type { RecipeSpec } from '../../../src/core/recipe/spec.ts';
import type { SplitSpec } from '../../../src/core/split/split.ts';
import type { Run, RunSpec } from '../../../src/core/pipeline/run-spec.ts';
import type { Catalog, DatasetCard, EngineApi, ProjectRecord } from '../../../src/wire/engine.ts';

export const recipe: RecipeSpec = { version: 1, task: 'binary', target: 'y', above: null, positive: null, drop: [], steps: [{ id: 's1', type: 'impute', columns: [], params: {} }] };
export const split: SplitSpec = { kind: 'stratified', column: null, test: 0.2, valid: 0.1 };
export const card: DatasetCard = { id: 'data-1', name: 'a.csv', rows: 1000, schema: [{ name: 'x', kind: 'number' }, { name: 'y', kind: 'category' }], bytes: 1, sourceBytes: 1, notes: [], rejected: [], rejectedCount: 0, how: {}, readMs: 1, addedAt: 1 };
export const catalog: Catalog = {
  readers: [], steps: [], cleaners: [], writers: [], alerts: [],
  learners: [
    { type: 'baseline', label: 'Baseline', help: '', tasks: ['binary', 'regression'], exact: true, steps: 'steps', params: {} },
    { type: 'gbt', label: 'Boosted trees', help: '', tasks: ['binary'], exact: true, steps: 'trees', resumes: true, params: { trees: { kind: 'number', label: 'Trees', help: '', fallback: 300, min: 1, max: 9000, integer: true } } },
  ],
  metrics: [{ type: 'roc-auc', label: 'ROC AUC', help: '', tasks: ['binary'], better: 'higher', bounds: [0, 1] }, { type: 'rmse', label: 'RMSE', help: '', tasks: ['regression'], better: 'lower', bounds: [0, Infinity] }],
  ranking: { binary: ['roc-auc'], multiclass: ['log-loss'], regression: ['rmse'] },
};

export function runOf(spec: RunSpec, value: number, half = 0.01): Run {
  const metric = spec.metrics[0] ?? 'roc-auc';
  return {
    id: hashJson(spec), spec, status: 'done', curve: [], importance: null, bundle: `bundle-${value}`, modelHash: 'm', modelBytes: 10, counts: { train: 7, valid: 1, test: 2 }, predictMicros: 1, error: null, startedAt: 0, fitMs: 5, made: null,
    evaluation: { rows: 2, metrics: { [metric]: { value, low: value - half, high: value + half } }, resamples: 200, confusion: null, roc: [], pr: [], calibration: [], residuals: null, thresholds: [] },
  };
}
export const specOf = (type: string, seed = 1): RunSpec => ({ data: 'data-1', recipe, split, learner: { type, params: {} }, metrics: ['roc-auc'], seed });

/** Web Locks of one tab alone. */
export const alone = <T>(_name: string, _wait: boolean, work: () => Promise<T>): Promise<T> => work();

export type Fake = EngineApi & { asked: string[]; saved: ProjectRecord[] };
export function fakeEngine(own: Partial<EngineApi> = {}): Fake {
  const asked: string[] = [];
  const saved: ProjectRecord[] = [];
  const world: Partial<EngineApi> = {
    catalog: async () => catalog,
    probe: async () => ({ webgpu: null, wasmSimd: true, threads: 2, isolated: true, backend: { trees: 'wasm', dense: 'wasm' }, reasons: [] }),
    projects: async () => saved.slice(-1),
    saveProject: async (project) => void saved.push(structuredClone(project)),
    importFile: async () => card,
    card: async () => card,
    alerts: async () => [],
    clean: async (_job, raw, clean) => ({ id: `cleaned-${clean.steps.map((step) => step.id).join('+')}`, raw, clean, rows: 900, schema: card.schema, bytes: 1, outcomes: [], lineage: {}, ms: 1 }),
    adaptRecipe: async (_data, given, parts) => ({ recipe: { ...given, drop: [...given.drop, 'adapted'] }, split: parts }),
    profile: async () => ({ version: 1, rows: 1000, columns: [], duplicateRows: 0, pairs: [], sampled: 1000, alerts: [] }),
    suggest: async () => ({ recipe, split, reasons: ['because'] }),
    train: async (_job, _data, specs, onProgress, onRun) => specs.map((spec, i) => {
      onProgress(hashJson(spec), { stage: 'fit', done: 0.5, text: 'half', point: { step: 1, train: 1, valid: 1, rowsPerSecond: null } });
      const run = runOf(spec, 0.7 + i / 10);
      onRun(run);
      return run;
    }),
    stop: async () => {},
    pause: async () => {},
    dropKept: async () => {},
    memoryPlans: async () => [],
    deleteProject: async () => {},
    openProject: async (id) => ({ project: saved.findLast((each) => each.id === id)!, card, profile: null, runs: [] }),
    page: async (_data, from, count) => ({ from, rows: count, columns: ['x'], cells: [Array.from({ length: count }, (_, i) => String(from + i))] }),
    ...own,
  };
  return new Proxy({ asked, saved } as Fake, {
    get(target, key) {
      if (key === 'asked' || key === 'saved') return target[key];
      const call = world[key as keyof EngineApi] as ((...args: unknown[]) => unknown) | undefined;
      return (...args: unknown[]) => {
        asked.push(String(key));
        if (call === undefined) return Promise.reject(new Error(`the fake engine has no ${String(key)}`));
        return call(...args);
      };
    },
  });
}
