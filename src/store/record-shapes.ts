// The shapes of the records that a project file carries, for copyShape: what is not declared here does not come in.
import type { Shape } from './shape.ts';

const number: Shape = 'number';
const maybe = (shape: Shape): Shape => ({ nullable: shape });
const list = (shape: Shape): Shape => ({ list: shape });
const record = (fields: { [key: string]: Shape }): Shape => ({ record: fields });
const interval = { value: number, low: number, high: number };

export const splitShape = record({ kind: { oneOf: ['random', 'stratified', 'time', 'group'] }, column: maybe('string'), test: number, valid: number });
const optional = (shape: Shape): Shape => ({ optional: shape });
/** Cleaning, contracts and dictionaries are JSON here and parsed by their own rooms. */
const edit = record({ recipe: maybe('json'), split: maybe(splitShape), label: 'string', dataset: optional(maybe('string')), clean: optional(maybe('json')), cleaned: optional(maybe('string')), contract: optional(maybe('json')) });
const version = record({ id: 'string', raw: 'string', clean: maybe('json'), label: 'string', rows: number, columns: number, savedAt: number });
const compressReport = record({ bits: number, bytes: number, bytesBefore: number, metric: 'string', before: number, after: number, bundle: 'string' });

/** `pending` is left out on purpose: a file that somebody gave starts no work. */
export const projectShape = record({
  id: 'string', name: 'string', dataset: maybe('string'), recipe: maybe('json'), split: maybe(splitShape), runs: list('string'), kept: maybe('string'),
  compress: maybe(compressReport), model: maybe(record({ bundle: 'string', name: 'string', bytes: number })), past: list(edit), future: list(edit), example: maybe('string'), updatedAt: number,
  clean: optional(maybe('json')), cleaned: optional(maybe('string')), contract: optional(maybe('json')), tables: optional(list(record({ name: 'string', dataset: 'string' }))), versions: optional(list(version)), dictionary: optional(maybe('json')), alerting: optional(maybe(record({ thresholds: { map: 'json' }, silent: list('string') }))),
});

const kind: Shape = { oneOf: ['number', 'category', 'boolean', 'time', 'text'] };
const note = record({ code: 'string', message: 'string', column: maybe('string'), rows: maybe(number), example: maybe('string') });
export const cardShape = record({
  id: 'string', name: 'string', rows: number, schema: list(record({ name: 'string', kind })), bytes: number, sourceBytes: number, notes: list(note),
  rejected: list(record({ line: number, text: 'string', reason: 'string' })), rejectedCount: number, how: { map: 'json' }, readMs: number, addedAt: number,
});

const arrayType: Shape = { oneOf: ['Float64Array', 'Float32Array', 'Int32Array', 'Uint32Array', 'Int16Array', 'Uint16Array', 'Int8Array', 'Uint8Array'] };
const part = record({ role: { oneOf: ['values', 'offsets', 'levels', 'missing'] }, type: arrayType, length: number });
export const tableShape = record({ rows: number, bytes: number, columns: list(record({ name: 'string', kind, unit: maybe({ oneOf: ['day', 'second', 'ms'] }), parts: list(part) })) });

const point = record({ step: number, train: maybe(number), valid: maybe(number), rowsPerSecond: maybe(number), extra: optional({ map: number }) });
export const evaluationShape = record({
  rows: number,
  metrics: { map: record({ value: maybe(number), low: maybe(number), high: maybe(number) }) },
  resamples: number,
  confusion: maybe(record({ classes: list('string'), counts: list(list(number)) })),
  roc: list(record({ positive: 'string', auc: maybe(number), points: list(record({ threshold: maybe(number), fpr: number, tpr: number })) })),
  pr: list(record({ positive: 'string', ap: maybe(number), base: number, points: list(record({ threshold: maybe(number), precision: number, recall: number })) })),
  calibration: list(record({ positive: 'string', ece: maybe(number), bins: list(record({ predicted: number, observed: number, low: number, high: number, count: number })) })),
  residuals: maybe(record({
    mean: number, quantiles: list(record({ q: number, value: number })), histogram: list(record({ from: number, to: number, count: number })),
    sample: list(record({ predicted: number, truth: number })),
  })),
  thresholds: list(record({ threshold: number, tp: number, fp: number, tn: number, fn: number })),
});

export const specShape = record({ data: 'string', clean: optional('json'), contract: optional('json'), recipe: 'json', split: splitShape, learner: record({ type: 'string', params: 'json' }), metrics: list('string'), seed: number, from: optional('string') });

const debugPoint = record(Object.fromEntries(['rate', 'loss', 'smooth', 'seed', 'score', 'step'].map((name) => [name, optional(maybe(number))])));
const debugCurve = record({
  kind: { oneOf: ['rates', 'seeds', 'loss'] }, points: list(debugPoint), used: optional(number), suggested: optional(maybe(number)), diverges: optional(maybe(number)),
  metric: optional('string'), label: optional('string'), better: optional({ oneOf: ['higher', 'lower'] }), baseline: optional(maybe(number)),
});
const debugFinding = record({
  id: 'string', label: 'string', verdict: { oneOf: ['pass', 'warn', 'fail', 'skipped'] }, headline: 'string', explanation: 'string',
  figures: list(record({ label: 'string', value: 'json' })), curve: optional(debugCurve),
});

export const runShape = record({
  id: 'string',
  spec: specShape,
  status: { oneOf: ['waiting', 'running', 'done', 'stopped', 'failed'] },
  curve: list(point),
  evaluation: maybe(evaluationShape),
  importance: maybe(list(record({ column: 'string', ...interval }))),
  bundle: maybe('string'), modelHash: maybe('string'), modelBytes: maybe(number),
  counts: maybe(record({ train: number, valid: number, test: number })),
  predictMicros: maybe(number),
  error: maybe(record({ code: 'string', message: 'string', details: 'json' })),
  startedAt: number, fitMs: maybe(number), resumed: optional(number), debug: optional(list(debugFinding)),
  made: maybe(record({ barnacle: 'string', kernels: 'string', backend: 'string', threads: number, extra: { map: 'json' } })),
});
