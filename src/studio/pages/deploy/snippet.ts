// How the exported JavaScript module is used, with the project's own columns and typical values.
import type { ProjectState } from '../../state/project-state.svelte.ts';

export function snippetOf(project: ProjectState, file = 'model.mjs'): string {
  const recipe = project.recipe;
  const names = (project.card?.schema ?? []).map((field) => field.name).filter((name) => name !== recipe?.target && name !== recipe?.group && name !== recipe?.weight && !recipe?.drop.includes(name));
  const row = names.slice(0, 4).map((name) => `${/^[a-z_$][\w$]*$/i.test(name) ? name : JSON.stringify(name)}: ${valueOf(project, name)}`).join(', ');
  return `import { predict } from './${file}';

const [row] = predict([{ ${row}${names.length > 4 ? ', …' : ''} }]);
row.prediction;      // ${recipe?.task === 'regression' ? 'a number' : 'the most likely class'}
${recipe?.task === 'regression' ? '' : 'row.probabilities;   // of each class\n'}row.breaches;        // what did not fit the contract, [] when all did`;
}

function valueOf(project: ProjectState, name: string): string {
  const column = project.profile?.columns.find((each) => each.name === name);
  if (column?.levels?.[0]) return JSON.stringify(column.levels[0].level);
  const median = column?.number?.quantiles.find((each) => each.q === 0.5)?.value ?? column?.number?.mean;
  if (median === undefined) return 'null';
  return column?.kind === 'time' ? JSON.stringify(new Date(median).toISOString().slice(0, 10)) : String(Number(median.toPrecision(4)));
}
