import { expect, test } from 'vitest';
import { follow, lineageOf } from '../../../../src/core/lineage/lineage-of.ts';

const graph = lineageOf({
  raw: [{ name: 'name', kind: 'text' }, { name: 'born', kind: 'text' }, { name: 'fare', kind: 'number' }, { name: 'junk', kind: 'number' }, { name: 'sex', kind: 'category' }],
  cleaned: [{ name: 'full name', kind: 'text' }, { name: 'fare', kind: 'number' }, { name: 'age', kind: 'number' }, { name: 'sex', kind: 'category' }],
  lineage: { 'full name': ['name'], age: ['born'] },
  cleanSteps: [{ text: 'name becomes full name', columns: ['name'] }, { text: 'trim', columns: [], takes: ['text'] }, { text: 'age = ...', columns: [], takes: [], made: ['age'] }],
  recipe: { target: 'sex', drop: ['full name'] },
  recipeSteps: [{ text: 'median', columns: [], takes: ['number'] }, { text: 'bins of age', columns: ['age'] }],
  output: [{ name: 'fare', source: 'fare' }, { name: 'age <= 30', source: 'age' }, { name: 'age > 30', source: 'age' }],
});
const wires = (of = graph) => of.edges.map((edge) => `${edge.from} -> ${edge.to}${edge.steps.length ? ` (${edge.steps.join('; ')})` : ''}`);

test('raw column to cleaned column to feature, with what was done on the way', () => {
  expect(wires()).toEqual([
    'raw:name -> clean:full name (name becomes full name; trim)',
    'raw:fare -> clean:fare',
    'raw:born -> clean:age (trim; age = ...)',
    'raw:sex -> clean:sex',
    'clean:fare -> feature:fare (median)',
    'clean:age -> feature:age <= 30 (median; bins of age)',
    'clean:age -> feature:age > 30 (median; bins of age)',
  ]);
  expect(graph.nodes.filter((node) => node.note).map((node) => `${node.id} ${node.note}`)).toEqual(['raw:junk unused', 'clean:full name dropped', 'clean:sex target']);
});

test('one column can be followed both ways', () => {
  expect(wires(follow(graph, 'born'))).toEqual(['raw:born -> clean:age (trim; age = ...)', 'clean:age -> feature:age <= 30 (median; bins of age)', 'clean:age -> feature:age > 30 (median; bins of age)']);
  expect(follow(graph, 'age > 30').nodes.map((node) => node.id)).toEqual(['raw:born', 'clean:age', 'feature:age > 30']);
  expect(follow(graph, 'nobody').nodes).toEqual([]);
});

test('without features, used columns stand for theirs; names may be hostile', () => {
  const odd = lineageOf({ raw: [{ name: '__proto__', kind: 'number' }, { name: 'y', kind: 'number' }], cleaned: [{ name: '__proto__', kind: 'number' }, { name: 'y', kind: 'number' }], lineage: {}, cleanSteps: [], recipe: { target: 'y', drop: [] }, recipeSteps: [] });
  expect(wires(odd)).toEqual(['raw:__proto__ -> clean:__proto__', 'raw:y -> clean:y', 'clean:__proto__ -> feature:__proto__']);
});
