// The one-way rule of the house: who may import whom. Anything not written here is forbidden.
import { expect, test } from 'vitest';
import { filesBelow, importsOf } from './tree.ts';

const core = (...rooms: string[]) => rooms.map((room) => `core/${room}`);
/** room -> rooms it may import (itself always). `core:types` = any core room, type-only. */
const rules: { [room: string]: string[] } = {
  'core/base': [],
  'core/table': core('base'),
  'core/io': core('table', 'base'),
  'core/profile': core('table', 'base'),
  'core/split': core('table', 'base'),
  'core/structure': core('table', 'base'),
  'core/metrics': core('table', 'base'),
  'core/models': core('table', 'base'),
  'core/contract': core('table', 'profile', 'base'),
  'core/clean': core('table', 'profile', 'base'),
  'core/lineage': core('clean', 'recipe', 'contract', 'profile', 'table', 'base'),
  'core/recipe': core('table', 'profile', 'base'),
  'core/learners': core('table', 'models', 'metrics', 'base'),
  'core/evaluate': core('models', 'metrics', 'table', 'recipe', 'base'),
  'core/explain': core('models', 'metrics', 'table', 'recipe', 'base'),
  'core/debug': core('learners', 'models', 'metrics', 'table', 'base'),
  'core/compress': core('models', 'learners', 'metrics', 'base'),
  'core/bundle': core('recipe', 'clean', 'models', 'profile', 'contract', 'base', 'table'),
  'core/pipeline': ['core/'],
  kernels: ['core/'],
  wire: ['core:types', 'core/base'],
  store: ['core/bundle', 'core:types', 'core/base', 'core/table', 'wire'],
  workers: ['core/', 'kernels', 'wire', 'store'],
  client: ['wire', 'core:types'],
  charts: ['core:types'],
  // contract and lineage: their documents (JSON in and out, words, the graph) are formatting; the rest is asked of the engine
  studio: ['client', 'store', 'charts', 'wire', 'core:types', 'core/base', 'core/contract', 'core/lineage'],
  cli: ['core/', 'kernels'],
};

const roomOf = (path: string): string => {
  const parts = path.replace(/^src\//, '').split('/');
  return parts[0] === 'core' ? `core/${parts[1]}` : parts[0];
};

test('imports go one way', () => {
  const breaches: string[] = [];
  for (const file of [...filesBelow('src', /\.(ts|svelte)$/), ...filesBelow('workers', /\.ts$/)]) {
    if (file.endsWith('.d.ts')) continue;
    const room = roomOf(file);
    const allowed = rules[room];
    if (!allowed) {
      breaches.push(`${file}: room "${room}" has no rule`);
      continue;
    }
    for (const { target, typeOnly } of importsOf(file)) {
      if (!target.startsWith('src/') && !target.startsWith('workers/')) continue;
      const to = roomOf(target);
      const fine = to === room || allowed.some((a) => (a === 'core:types' ? typeOnly && to.startsWith('core/') : a === 'core/' ? to.startsWith('core/') : to === a));
      if (!fine) breaches.push(`${file} -> ${target}${typeOnly ? ' (types)' : ''}`);
    }
  }
  expect(breaches).toEqual([]);
});

test('packages are named only where they belong', () => {
  const breaches: string[] = [];
  for (const file of filesBelow('src', /\.(ts|svelte)$/)) {
    if (file.endsWith('.d.ts')) continue;
    for (const { target } of importsOf(file)) {
      if (target.startsWith('src/') || target.startsWith('workers/') || target.startsWith('tests/')) continue;
      if (file.startsWith('src/core/') && !file.startsWith('src/core/io/')) breaches.push(`${file} names ${target}`);
      if (target.startsWith('@tensorflow/') && !file.startsWith('src/kernels/dense-tfjs/')) breaches.push(`${file} names ${target}`);
      if (target.startsWith('node:') && !file.startsWith('src/cli/')) breaches.push(`${file} names ${target}`);
    }
  }
  expect(breaches).toEqual([]);
});

test('predicting needs no learner, whatever the way', () => {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { target, typeOnly } of importsOf(file)) if (!typeOnly && target.startsWith('src/')) visit(target);
  };
  visit('src/core/pipeline/predict.ts');
  visit('src/core/pipeline/serve.ts');
  expect([...seen].filter((file) => file.startsWith('src/core/learners/'))).toEqual([]);
});

test('predicting asks a contract about rows alone: no inference, no rules of tables', () => {
  const seen = new Set<string>();
  const visit = (file: string) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const { target, typeOnly } of importsOf(file)) if (!typeOnly && target.startsWith('src/')) visit(target);
  };
  visit('src/core/pipeline/serve.ts');
  const needed = ['cell-tests', 'check-table', 'ledger', 'pattern-parse', 'pattern', 'table-from-rows'];
  expect([...seen].filter((file) => file.startsWith('src/core/contract/')).sort()).toEqual(needed.map((name) => `src/core/contract/${name}.ts`));
});

test('no cycles', () => {
  const state = new Map<string, 'open' | 'done'>();
  const cycles: string[] = [];
  const visit = (file: string, path: string[]) => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') return void cycles.push([...path.slice(path.indexOf(file)), file].join(' -> '));
    state.set(file, 'open');
    for (const { target, typeOnly } of importsOf(file)) if (!typeOnly && /^(src|workers)\//.test(target) && /\.(ts|svelte)$/.test(target)) visit(target, [...path, file]);
    state.set(file, 'done');
  };
  for (const file of [...filesBelow('src', /\.(ts|svelte)$/), ...filesBelow('workers', /\.ts$/)]) visit(file, []);
  expect(cycles).toEqual([]);
});
