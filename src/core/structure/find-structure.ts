// A matrix -> its structure: components, clusters, and the rows that are drawn. Keeps to a budget of cells, so that a wide table
// is looked at by fewer rows (at even steps); the caller has taken at most `mostRows`.
import type { Note, WorkContext } from '../base/task.ts';
import type { Matrix, Target } from '../table/matrix.ts';
import { describeClusters, targetOf } from './describe-clusters.ts';
import { findClusters } from './find-clusters.ts';
import { evenRows, type Points } from './points.ts';
import { principalComponents, scoresOf } from './principal-components.ts';
import { standardised } from './standardised.ts';
import type { ClusterTarget, Clustering, ShownTarget, Structure, StructureSpec } from './structure.ts';

/** Rows that components and clusters are fitted on at most. */
export const mostRows = 50_000;
/** Standardised cells held at most (4 bytes each). */
export const mostCells = 25_000_000;
const mostShown = 5_000;
const shownComponents = 8;
const mostComponents = 20;

/** `rowsOf`: the table's row of each row of the matrix; `rows`: how many there were to take them from. A stop keeps what there is. */
export async function findStructure(matrix: Matrix, rowsOf: Int32Array, rows: number, targetName: string | null, spec: StructureSpec, context: WorkContext): Promise<Structure> {
  const say = (done: number, text: string): void => context.report({ stage: 'structure', done, text });
  const notes: Note[] = [];
  const data = standardised(matrix);
  await context.breathe();
  const target = targetName === null ? null : matrix.target;
  const pca = await principalComponents(data, mostComponents, context, (share) => say(0.1 + 0.4 * share, `components of ${data.features.length} features`));
  const points: Points = { rows: data.rows, width: data.features.length, z: data.z, weight: data.weight };
  const found = (await context.breathe()) === 'stop' ? null : await findClusters(points, spec, context, (share, text) => say(0.5 + 0.5 * share, text));
  const clustering: Clustering | null = found && { ...describeClusters(data, found.found, target), isChosen: found.isChosen, inertia: found.found.inertia, silhouette: found.silhouette, tried: found.tried };
  if (found && spec.clusters > found.found.k) notes.push({ code: 'fewer-clusters', message: `${spec.clusters} clusters were asked for and the rows hold ${found.found.k} different ones`, column: null, rows: null, example: null });
  if (data.constant.length) notes.push({ code: 'constant', message: `${data.constant.length} ${data.constant.length === 1 ? 'feature has' : 'features have'} one value only and no say: ${data.constant.slice(0, 5).join(', ')}`, column: null, rows: null, example: null });
  const shown = evenRows(data.rows, mostShown);
  const width = data.features.length;
  return {
    rows,
    used: data.rows,
    features: [...data.features],
    constant: [...data.constant],
    method: pca.method,
    components: Array.from({ length: pca.count }, (_, k) => ({ variance: pca.variances[k], share: pca.shares[k], loadings: Array.from(pca.loadings.subarray(k * width, (k + 1) * width)) })),
    totalVariance: data.totalVariance,
    clustering,
    shown: { rows: Array.from(shown, (row) => rowsOf[row]), scores: scoresOf(data, { ...pca, count: Math.min(shownComponents, pca.count) }, shown).map((one) => Array.from(one)), cluster: found ? Array.from(shown, (row) => found.found.codes[row]) : [], target: target && shownTarget(target, targetName!, shown) },
    overall: target && overallOf(target, data.rows),
    notes,
  };
}

const overallOf = (target: Target, rows: number): ClusterTarget | null => (rows > 0 ? targetOf(target, Int32Array.from({ length: rows }, (_, row) => row)) : null);

const shownTarget = (target: Target, name: string, rows: Int32Array): ShownTarget =>
  target.kind === 'class' ? { kind: 'class', name, classes: [...target.classes], codes: Array.from(rows, (row) => target.codes[row]) } : { kind: 'value', name, values: Array.from(rows, (row) => target.values[row]) };
