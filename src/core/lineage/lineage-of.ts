// Schemas, what cleaning says of its columns, and the recipe's features -> the graph from raw column to feature.
// Pure bookkeeping over plain records, no registry: the words of the steps come with them, so a page can draw it too.
import type { RecipeSpec } from '../recipe/spec.ts';
import type { Feature } from '../table/matrix.ts';
import type { Kind, Schema } from '../table/table.ts';
import type { LineageEdge, LineageGraph, LineageNode, LineageStage } from './lineage.ts';

/** A step in words; `columns` [] = every column of the kinds it takes. `made`: columns that it is known to have made. */
export type StepWords = { text: string; columns: readonly string[]; takes?: readonly Kind[]; made?: readonly string[] };
export type LineageInput = {
  raw: Schema;
  cleaned: Schema;
  /** Cleaned column -> raw columns; a column that is not in it comes from itself. */
  lineage: { readonly [column: string]: readonly string[] };
  cleanSteps: readonly StepWords[];
  recipe: Pick<RecipeSpec, 'target' | 'drop' | 'group' | 'weight'> | null;
  recipeSteps: readonly StepWords[];
  /** The fitted recipe's features (FittedRecipe.output); without it each column that is used stands for its features. */
  output?: readonly Feature[];
};

export function lineageOf(input: LineageInput): LineageGraph {
  const { raw, cleaned, lineage, recipe } = input;
  const nodes: LineageNode[] = [];
  const edges: LineageEdge[] = [];
  const sources = new Map(cleaned.map(({ name }) => [name, Object.hasOwn(lineage, name) ? lineage[name] : [name]]));
  const used = new Set([...sources.values()].flat());
  for (const { name, kind } of raw) nodes.push(node('raw', name, kind, used.has(name) ? null : 'unused'));
  const rawNames = new Set(raw.map((field) => field.name));
  const features = recipe ? featuresOf(input, recipe) : [];
  const featured = new Set(features.map((feature) => feature.source));
  for (const { name, kind } of cleaned) {
    nodes.push(node('clean', name, kind, !recipe ? null : name === recipe.target ? 'target' : recipe.drop.includes(name) || name === recipe.group || name === recipe.weight ? 'dropped' : featured.has(name) ? null : 'unused'));
    for (const from of sources.get(name)!) if (rawNames.has(from)) edges.push({ from: idOf('raw', from), to: idOf('clean', name), steps: touching(input.cleanSteps, [from, name], kindOf(raw, from)) });
  }
  for (const { name, source } of features) {
    nodes.push(node('feature', name, 'number', null));
    edges.push({ from: idOf('clean', source), to: idOf('feature', name), steps: touching(input.recipeSteps, [source, name], kindOf(cleaned, source)) });
  }
  return { nodes, edges };
}

/** The nodes and edges on any way through the columns of that name, at whatever stage. */
export function follow(graph: LineageGraph, name: string): LineageGraph {
  const kept = new Set(graph.nodes.filter((each) => each.name === name).map((each) => each.id));
  const walk = (start: ReadonlySet<string>, one: 'from' | 'to', other: 'from' | 'to'): void => {
    let front = start;
    while (front.size) {
      const next = new Set(graph.edges.filter((edge) => front.has(edge[one])).map((edge) => edge[other]));
      for (const id of next) kept.add(id);
      front = next;
    }
  };
  const start = new Set(kept);
  walk(start, 'from', 'to');
  walk(start, 'to', 'from');
  return { nodes: graph.nodes.filter((each) => kept.has(each.id)), edges: graph.edges.filter((edge) => kept.has(edge.from) && kept.has(edge.to)) };
}

const idOf = (stage: LineageStage, name: string): string => `${stage}:${name}`;
const node = (stage: LineageStage, name: string, kind: Kind | null, note: LineageNode['note']): LineageNode => ({ id: idOf(stage, name), stage, name, kind, note });
const kindOf = (schema: Schema, name: string): Kind | null => schema.find((field) => field.name === name)?.kind ?? null;

function featuresOf({ cleaned, output }: LineageInput, recipe: Pick<RecipeSpec, 'target' | 'drop' | 'group' | 'weight'>): readonly Feature[] {
  const names = new Set(cleaned.map((field) => field.name));
  if (output) return output.filter((feature) => names.has(feature.source));
  return cleaned.filter(({ name }) => name !== recipe.target && name !== recipe.group && name !== recipe.weight && !recipe.drop.includes(name)).map(({ name }) => ({ name, source: name }));
}

function touching(steps: readonly StepWords[], names: readonly string[], kind: Kind | null): string[] {
  return steps.filter((step) => (step.columns.length ? step.columns.some((name) => names.includes(name)) : !step.takes || (kind !== null && step.takes.includes(kind))) || step.made?.some((name) => names.includes(name))).map((step) => step.text);
}
