import { expect, test } from 'vitest';
import { LineageState } from '../../../../../../src/studio/pages/data/versions/lineage-state.svelte.ts';
import type { RecipePreview } from '../../../../../../src/wire/engine.ts';
import { card, catalog, recipe, split } from '../../../fake-engine.ts';

const empty = { from: 0, rows: 0, columns: [], cells: [] };
const preview: RecipePreview = { before: empty, after: empty, steps: [{ id: 's1', text: 'x: median 3', made: [], error: null }], features: 2, output: [{ name: 'x', source: 'x' }, { name: 'x is missing', source: 'x' }], counts: { train: 1, valid: 1, test: 1 } };
const project = { card, schema: card.schema, cleaned: null, clean: null, recipe, split, data: 'data-1' };

test('features come from the engine, once for a recipe; until then each column stands for its own', async () => {
  let asked = 0;
  const state = new LineageState({ engine: { preview: async () => { asked += 1; return preview; } }, catalog: () => catalog, project });
  expect(state.graph.nodes.filter((node) => node.stage === 'feature').map((node) => node.name)).toEqual(['x']);
  await Promise.all([state.load(), state.load()]);
  expect([asked, state.trouble]).toEqual([1, '']);
  expect(state.graph.nodes.filter((node) => node.stage === 'feature').map((node) => node.name)).toEqual(['x', 'x is missing']);
  expect(state.graph.nodes.find((node) => node.id === 'clean:y')!.note).toBe('target');
});

test('why features are not known is said', async () => {
  const failing = new LineageState({ engine: { preview: async () => { throw new Error('no rows'); } }, catalog: () => null, project });
  await failing.load();
  expect(failing.trouble).toBe('no rows');
  const none = new LineageState({ engine: { preview: async () => { throw new Error('never asked'); } }, catalog: () => null, project: { ...project, recipe: null } });
  await none.load();
  expect([none.trouble, none.graph.nodes.filter((node) => node.stage === 'feature')]).toEqual(['', []]);
});

test('cleaning steps stand on the lines of the columns they took or made', () => {
  const cleaned = { id: 'c', raw: 'data-1', clean: { version: 1 as const, steps: [{ id: 'c1', type: 'compute', columns: [], params: { name: 'z', expression: 'x + 1' } }] }, rows: 1, schema: [...card.schema, { name: 'z', kind: 'number' as const }], bytes: 1, outcomes: [{ id: 'c1', text: 'z = x + 1', rowsBefore: 1, rowsAfter: 1, columns: 3, changed: 0, notes: [], error: null }], lineage: { z: ['x'] }, ms: 1 };
  const compute = { type: 'compute', label: 'Compute', help: '', scope: 'row' as const, takes: [], arity: { fewest: 0, most: 0 }, params: {} };
  const state = new LineageState({ engine: { preview: async () => preview }, catalog: () => ({ ...catalog, cleaners: [compute] }), project: { ...project, cleaned, schema: cleaned.schema, recipe: null } });
  expect(state.graph.edges.map((edge) => `${edge.from} -> ${edge.to} ${edge.steps.join()}`)).toEqual(['raw:x -> clean:x ', 'raw:y -> clean:y ', 'raw:x -> clean:z z = x + 1']);
});
