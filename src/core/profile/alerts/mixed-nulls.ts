// One column that says "missing" in several ways.
import { missingWord } from '../text/missing-words.ts';
import { defineAlert } from './alert.ts';
import { amount, cleanFix, eachColumn, makeAlert, quoted } from './say.ts';

export const mixedNulls = defineAlert<{ ways: number }>({
  type: 'mixed-nulls',
  label: 'Several words for missing',
  help: 'Empty cells beside "n/a" or "-": one fact in several spellings becomes several levels.',
  params: { ways: amount('Ways', 'Said when there are more ways than this (deepchecks: 1).', 1, 1, 100, true) },
  find: (facts, { ways }) => eachColumn(facts, ({ column, values }) => {
    if (!values) return null;
    const words = values.filter((v) => missingWord(v.text) === 'plain');
    const count = words.length + (column.missing ? 1 : 0);
    if (!words.length || count <= ways || column.distinct <= words.length) return null;
    const rows = words.reduce((n, w) => n + w.count, 0);
    const named = words.map((w) => w.text.trim()).filter((w) => w && !w.includes('|'));
    return makeAlert('mixed-nulls', 'watch', column.name, `"${column.name}" says "missing" in ${count} ways: ${quoted(words.map((w) => w.text))}${column.missing ? ' and cells without a value' : ''}`, `${count} ways, threshold ${ways}`, rows, named.length ? cleanFix('Make them one', 'set-missing', [column.name], { values: named.join('|').slice(0, 2000) }) : null);
  }),
});
