import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CleanSpec, CleanStep } from '../../../../../src/core/clean/clean.ts';
import { columnText as coreColumnText } from '../../../../../src/core/table/expression/expression-error.ts';
import { parseAggregates as coreParse } from '../../../../../src/core/clean/parse-aggregates.ts';
import { AGGREGATES } from '../../../../../src/core/table/verbs/aggregates.ts';
import { tokenize } from '../../../../../src/core/table/expression/tokenize.ts';
import { aggregateName, hows, parseAggregates, printAggregates } from '../../../../../src/studio/pages/data/clean/aggregates.ts';
import { added, byScope, columnsFound, commented, lackOf, moved, nextId, outcomeWords, put, toggled, without, type CleanerCard } from '../../../../../src/studio/pages/data/clean/clean-edits.ts';
import { DraftState } from '../../../../../src/studio/pages/data/clean/draft-state.svelte.ts';
import { completed, ExpressionState, wordStart } from '../../../../../src/studio/pages/data/clean/expression-state.svelte.ts';
import { columnText, equals, literal } from '../../../../../src/studio/pages/data/clean/expression-words.ts';
import { isNothing, previewView } from '../../../../../src/studio/pages/data/clean/preview-view.ts';
import { choicesOf, firstChoice, mapOf, parseMap, retarget, rowsChanged, spellings, taking } from '../../../../../src/studio/pages/data/clean/variants.ts';
import { columnsFor, columnVerbs } from '../../../../../src/studio/pages/data/table/column-verbs.ts';
import { joined, readEdits, withFixes } from '../../../../../src/studio/pages/data/table/fix-cells.ts';
import type { CleanPreview } from '../../../../../src/wire/data.ts';

const step = (id: string, type = 'trim', columns: string[] = ['a'], params = {}): CleanStep => ({ id, type, columns, params });
const cleaner = (type: string, part: Partial<CleanerCard> = {}): CleanerCard => ({ type, label: type, help: 'does it', scope: 'row', takes: ['category', 'text'], arity: { fewest: 1, most: 0 }, params: {}, ...part });
const outcome = { id: 'c1', text: 'it', rowsBefore: 4, rowsAfter: 4, columns: 2, changed: 0, notes: [], error: null };

test('steps are added, put, moved, switched, commented and removed without changing the list', () => {
  const list = [step('c1'), step('c2', 'fill')];
  expect(nextId(list)).toBe('c3');
  expect(nextId([step('c2')])).toBe('c3');
  expect(added(list, [{ type: 'sort', columns: [], params: {} }, { type: 'fill', columns: ['b'], params: {} }]).map((each) => each.id)).toEqual(['c1', 'c2', 'c3', 'c4']);
  expect(put(list, step('c1', 'clip')).map((each) => each.type)).toEqual(['clip', 'fill']);
  expect(moved(list, 'c2', -1).map((each) => each.id)).toEqual(['c2', 'c1']);
  expect(moved(list, 'c2', 1).map((each) => each.id)).toEqual(['c1', 'c2']);
  expect(toggled(toggled(list, 'c1'), 'c1')).toEqual(list);
  expect(toggled(list, 'c1')[0]?.disabled).toBe(true);
  expect(commented(commented(list, 'c1', ' why '), 'c1', '')).toEqual(list);
  expect(without(list, ['c1']).map((each) => each.id)).toEqual(['c2']);
  expect(list.length).toBe(2);
});
test('a step says what it did, and what it lacks', () => {
  expect(outcomeWords({ ...outcome, changed: 412, rowsAfter: 1 })).toBe('changed 412 cells, removed 3 rows');
  expect(outcomeWords({ ...outcome, rowsAfter: 5 })).toBe('added 1 row');
  expect(outcomeWords(outcome)).toBe('no cell changed');
  expect(outcomeWords(outcome, 1)).toBe('added 1 column');
  expect(outcomeWords(outcome, 4)).toBe('dropped 2 columns');
  expect([...columnsFound([{ ...outcome, columns: 5 }, { ...outcome, id: 'c2', columns: 4 }], 7)]).toEqual([['c1', 7], ['c2', 5]]);
  expect(lackOf({ columns: [] }, cleaner('trim'))).toBe('Choose a column.');
  expect(lackOf({ columns: ['a'] }, cleaner('x', { arity: { fewest: 2, most: 0 } }))).toBe('Choose 2 columns.');
  expect(lackOf({ columns: ['a', 'b'] }, cleaner('x', { arity: { fewest: 1, most: 1 } }))).toBe('Choose at most 1 column.');
  expect(lackOf({ columns: ['a'] }, cleaner('trim'))).toBeNull();
});
test('cleaners are found by their words, by scope', () => {
  const all = [cleaner('trim', { help: 'takes blanks off' }), cleaner('join', { scope: 'shape' }), cleaner('sort', { scope: 'data' })];
  expect(byScope(all, '').map((group) => group.scope)).toEqual(['row', 'data', 'shape']);
  expect(byScope(all, 'blanks trim').map((group) => group.cleaners.map((each) => each.type))).toEqual([['trim']]);
});

test('names and values are written as the expression language reads them', () => {
  for (const name of ['price', 'Body Mass (g)', 'in', 'Missing', 'a]b', 'x.y', '7up', '']) {
    expect(columnText(name)).toBe(coreColumnText(name));
    const [token] = tokenize(columnText(name));
    expect(token?.text).toBe(name);
  }
  expect(tokenize(literal('say "no" \\'))[0]).toMatchObject({ type: 'text', text: 'say "no" \\' });
  expect(equals('a b', 'category', 'x')).toBe('[a b] = "x"');
  expect(equals('a', 'number', null)).toBe('a is missing');
  expect(equals('a', 'boolean', 'false')).toBe('not a');
});
test('a suggestion takes the place of the word at the caret', () => {
  const column = { text: '[unit price]', detail: '', kind: 'column' } as const;
  expect(wordStart('2 * [unit pr', 12)).toBe(4);
  expect(completed('2 * uni', 7, column)).toEqual({ text: '2 * [unit price]', caret: 16 });
  expect(completed('2 * [uni + 3', 8, column)).toEqual({ text: '2 * [unit price] + 3', caret: 16 });
  expect(completed('ro', 2, { text: 'round', detail: '', kind: 'function' })).toEqual({ text: 'round()', caret: 6 });
  expect(completed('ro(x)', 2, { text: 'round', detail: '', kind: 'function' })).toEqual({ text: 'round(x)', caret: 5 });
});

test('the checklist of spellings starts with what is surely the same word, and becomes a map', () => {
  const group = { to: 'Paris', rows: 100, from: [{ level: 'paris', rows: 8, why: 'case' }, { level: 'Pariss', rows: 2, why: 'edit distance' }] };
  expect(spellings(group)[0]).toMatchObject({ level: 'Paris', rows: 90 });
  expect(mapOf([firstChoice(group)])).toEqual({ paris: 'Paris' });
  const other = retarget(taking(firstChoice(group), 'Pariss', true), 'paris');
  expect(mapOf([other])).toEqual({ Paris: 'paris', Pariss: 'paris' });
  expect(rowsChanged([group], [other])).toBe(92);
  expect(choicesOf([group], mapOf([other]))).toEqual([{ to: 'paris', taken: ['Paris', 'Pariss'] }]);
  expect(retarget({ to: 'Paris', taken: [] }, 'paris')).toEqual({ to: 'paris', taken: [] });
});
test('what is not a map of texts is no map', () => {
  for (const text of ['', '[]', '{', 'null', '3', undefined]) expect(parseMap(text)).toEqual({});
  expect(parseMap('{"a":"b","c":3}')).toEqual({ a: 'b' });
});

test('mended cells of a column gather in one step while nothing else stands behind it', () => {
  const once = withFixes([step('c1')], 'city', [[4, 'Paris']]);
  const twice = withFixes(withFixes(once, 'year', [[1, null]]), 'city', [[2, 'Rome'], [4, 'Lyon']]);
  expect(twice.map((each) => each.type)).toEqual(['trim', 'fix-cells', 'fix-cells']);
  expect(readEdits(twice[1]!)).toEqual([[2, 'Rome'], [4, 'Lyon']]);
  expect(withFixes([...twice, step('c9', 'sort', [])], 'city', [[0, 'x']]).length).toBe(5);
  expect(withFixes(once, 'city', [])).toEqual(once);
  expect(joined([[3, 'a']], [[3, null], [1, 'b']])).toEqual([[1, 'b'], [3, null]]);
  expect(readEdits(step('x', 'fix-cells', ['a'], { edits: '[[1.5,"a"],["x","b"],[2,"ok"]]' }))).toEqual([[2, 'ok']]);
});

test('aggregates go from lines to rows and back', () => {
  const text = 'mean of price = mean(price)\nrows = count()';
  const { rows, rest } = parseAggregates(`${text}\nnonsense`);
  expect(rows).toEqual([{ name: 'mean of price', how: 'mean', column: 'price' }, { name: 'rows', how: 'count', column: '' }]);
  expect(rest).toEqual(['nonsense']);
  expect(printAggregates(rows)).toBe(text);
  expect(aggregateName('count', '', ['rows'])).toBe('rows 2');
});

test('aggregates are those of the core, for the kinds that it takes, and it reads every name', () => {
  expect(Object.fromEntries(hows.map((each) => [each.value, [...each.takes].sort()]))).toEqual(Object.fromEntries(AGGREGATES.map((each) => [each.name, [...each.takes].sort()])));
  for (const column of ['price', 'unit price', 'a (b)', 'x]y', '[z]', '*', '']) {
    const rows = [{ name: 'it', how: 'count', column }];
    expect(coreParse(printAggregates(rows))).toEqual([{ name: 'it', how: 'count', column: column === '' ? null : column }]);
    expect(parseAggregates(printAggregates(rows)).rows).toEqual(rows);
  }
});

test('a column offers the verbs of its kind, begun with its figures', () => {
  const all = ['rename', 'trim', 'clip', 'filter', 'compute'].map((type) => cleaner(type, type === 'clip' ? { takes: ['number'] } : type === 'rename' ? { takes: ['number', 'text', 'category'] } : {}));
  const about = { number: { min: 1, max: 9, quantiles: [{ q: 0.5, value: 4 }] } } as never;
  const verbs = columnVerbs({ name: 'the price', kind: 'number' }, about, all).flat();
  expect(verbs.map((verb) => verb.id)).toEqual(['rename', 'clip', 'filter', 'compute']);
  expect(verbs.find((verb) => verb.id === 'filter')?.params).toEqual({ expression: '[the price] >= 4' });
  expect(verbs.find((verb) => verb.id === 'clip')?.params).toEqual({ low: '1', high: '9' });
  expect(columnsFor(verbs[2]!, 'the price')).toEqual([]);
});

const page = (columns: string[], cells: (string | null)[][]) => ({ from: 0, rows: cells[0]?.length ?? 0, columns, cells });
test('a preview pairs the cells that were with what they become', () => {
  const preview: CleanPreview = { outcome: { ...outcome, changed: 1 }, before: page(['a', 'b', 'z'], [['x ', 'y'], ['1', '2'], ['p', 'q']]), after: page(['a', 'b', 'z'], [['x', 'y'], ['1', '2'], ['p', 'q']]), marks: [[0, 'a']], rows: [6, 9] };
  const view = previewView(preview, ['a']);
  expect(view.paired && view.columns.map((each) => each.state)).toEqual(['changed', 'same', 'same']);
  expect(view.paired && view.rows[0]).toEqual({ label: 7, cells: [{ was: 'x ', is: 'x', changed: true }, { was: '1', is: '1', changed: false }, { was: 'p', is: 'p', changed: false }] });
  expect(isNothing(preview, view)).toBe(false);
});
test('a preview tells new columns from those that go, rows that go, and a step that does nothing', () => {
  const before = page(['a', 'b'], [['1', '2'], ['3', '4']]);
  const renamed = previewView({ outcome, before, after: page(['c', 'b'], [['1', '2'], ['3', '4']]), marks: [[0, 'c'], [1, 'c']], rows: [0, 1] }, ['a']);
  expect(renamed.paired && renamed.columns.map((each) => `${each.name} ${each.state}`)).toEqual(['a gone', 'c new', 'b same']);
  const gone = previewView({ outcome: { ...outcome, rowsAfter: 2 }, before, after: page(['a', 'b'], [[], []]), marks: [], rows: [1, 3] }, []);
  expect(gone.paired === false && gone.after === null && gone.before.rows.map((row) => row.label)).toEqual([2, 4]);
  const same: CleanPreview = { outcome, before, after: before, marks: [], rows: [0, 1] };
  expect(isNothing(same, previewView(same, ['a']))).toBe(true);
  const sorted: CleanPreview = { ...same, rows: [3, 0] };
  expect(isNothing(sorted, previewView(sorted, ['a']))).toBe(false);
});

const project = (steps: CleanStep[]) => {
  const edits: string[] = [];
  return { edits, record: { dataset: 'raw' } as never, data: 'now', schema: [{ name: 'a', kind: 'text' as const }], clean: { version: 1, steps } as CleanSpec, async editClean(label: string, change: (steps: readonly CleanStep[]) => CleanStep[]) { edits.push(label); this.clean = { version: 1, steps: change(this.clean.steps) }; } };
};
beforeEach(() => { vi.useFakeTimers(); });
afterEach(() => { vi.useRealTimers(); });
const answer = (text: string): CleanPreview => ({ outcome: { ...outcome, text }, before: page(['a'], [['x']]), after: page(['a'], [['y']]), marks: [], rows: [0] });

test('a draft is tried behind the steps before it, and the answer of an older change is dropped', async () => {
  const asked: { steps: number; find: unknown }[] = [];
  const draft = new DraftState({ previewClean: async (_raw, clean, one) => { asked.push({ steps: clean.steps.length, find: (one.params as { find?: string }).find }); return answer(String((one.params as { find?: string }).find)); }, clean: async () => { throw new Error('not asked'); } }, project([step('c1')]), () => [cleaner('replace')]);
  draft.begin('replace');
  expect(draft.lack).toBe('Choose a column.');
  await vi.runAllTimersAsync();
  expect(asked).toEqual([]);
  draft.setColumns(['a']);
  draft.setParam('find', 'x');
  draft.setParam('find', 'xy');
  await vi.runAllTimersAsync();
  expect(asked).toEqual([{ steps: 1, find: 'xy' }]);
  expect(draft.preview?.outcome.text).toBe('xy');
  expect(draft.busy).toBe(false);
});
test('a draft is applied as one edit: a new one behind the last, an old one in its place', async () => {
  const home = project([step('c1'), step('c2', 'fill')]);
  const bases: number[] = [];
  const draft = new DraftState({ previewClean: async () => answer(''), clean: async (_job, _raw, clean) => { bases.push(clean.steps.length); return { id: 'base', schema: [{ name: 'b', kind: 'text' }] } as never; } }, home, () => [cleaner('trim'), cleaner('fill')]);
  draft.begin('trim', ['a']);
  await draft.apply();
  draft.edit('c2');
  await vi.runAllTimersAsync();
  expect(bases).toEqual([1]);
  expect(draft.base?.schema[0]?.name).toBe('b');
  draft.setColumns(['b']);
  await draft.apply();
  expect(home.clean.steps.map((each) => `${each.id} ${each.type} ${each.columns.join()}`)).toEqual(['c1 trim a', 'c2 fill b', 'c3 trim a']);
  expect(home.edits).toEqual(['trim: a', 'Change fill: b']);
  expect(draft.step).toBeNull();
});
test('a step that cannot run says why', async () => {
  const error = { code: 'missing-column', message: '', details: { column: 'a', known: ['b'] } } as const;
  const draft = new DraftState({ previewClean: async () => ({ ...answer(''), outcome: { ...outcome, error: { ...error, details: { ...error.details, known: ['b'] } } } }), clean: async () => ({}) as never }, project([]), () => [cleaner('trim')]);
  draft.begin('trim', ['a']);
  await vi.runAllTimersAsync();
  expect(draft.wrong?.title).toBe('Column “a” is missing');
});
test('an expression is checked as typed; suggestions move and hide', async () => {
  const state = new ExpressionState({ checkExpression: async (_data, text) => ({ ok: text !== '(', kind: 'number', error: null, at: null, sample: [], suggestions: [{ text: 'a', detail: '', kind: 'column' }, { text: 'b', detail: '', kind: 'column' }] }) });
  state.look('d', 'a', 1, true);
  await vi.runAllTimersAsync();
  expect(state.suggestions).toEqual([]);
  state.look('d', '3 ', 2, true);
  await vi.runAllTimersAsync();
  expect(state.suggestions).toEqual([]);
  state.look('d', '(', 1, true);
  state.look('d', 'x', 1, true);
  await vi.runAllTimersAsync();
  expect(state.check?.ok).toBe(true);
  state.move(-1);
  expect(state.suggestion?.text).toBe('b');
  state.hide();
  expect(state.suggestions).toEqual([]);
  state.look('d', '3 ', 2, 'asked');
  await vi.runAllTimersAsync();
  expect(state.suggestions.length).toBe(2);
});
