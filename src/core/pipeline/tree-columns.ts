// Gain, splits and cover of a trees model by raw column: the features' own (explain/tree-importances.ts), summed to their source.
import type { Bundle } from '../bundle/bundle.ts';
import { treeImportances } from '../explain/tree-importances.ts';

/** `gain` is a share of all gain; `splits` counts nodes; `cover` is a share of all training rows passing nodes, null when the model does not say. */
export type TreeColumn = { column: string; gain: number; splits: number; cover: number | null };

/** Every raw column that a feature comes from, largest gain first; null for a model that is no trees. */
export function treeColumns({ recipe, model }: Pick<Bundle, 'recipe' | 'model'>): TreeColumn[] | null {
  if (model.type !== 'trees') return null;
  const found = treeImportances(model);
  const total = found.reduce((sum, one) => sum + (one.cover ?? 0), 0);
  const columns = new Map<string, TreeColumn>();
  recipe.output.forEach(({ source }, at) => {
    const held = columns.get(source) ?? { column: source, gain: 0, splits: 0, cover: found[at].cover === null ? null : 0 };
    const cover = held.cover === null || found[at].cover === null ? null : held.cover + (total > 0 ? found[at].cover / total : 0);
    columns.set(source, { column: source, gain: held.gain + found[at].gain, splits: held.splits + found[at].splits, cover });
  });
  return [...columns.values()].sort((a, b) => b.gain - a.gain || b.splits - a.splits || (a.column < b.column ? -1 : 1));
}
