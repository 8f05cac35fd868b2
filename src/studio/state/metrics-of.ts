// What the runs of a recipe are scored with; the first ranks them. NDCG leads where rows come in queries and the target is
// a grade (a whole number of 0 to 30); else the task's own.
import type { ColumnProfile } from '../../core/profile/profile.ts';
import type { RecipeSpec } from '../../core/recipe/spec.ts';

export function metricsOf(recipe: Pick<RecipeSpec, 'task' | 'group'>, target: ColumnProfile | undefined, ranking: string[]): string[] {
  const number = target?.number ?? null;
  const isGraded = number !== null && number.integers && number.min >= 0 && number.max <= 30;
  return recipe.group !== undefined && recipe.task === 'regression' && isGraded ? ['ndcg-10', ...ranking] : ranking;
}
