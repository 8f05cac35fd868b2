// Rare levels a letter or few away from a frequent one.
import { misspelt } from '../misspelt.ts';
import { defineAlert } from './alert.ts';
import { amount, cleanFix, eachColumn, makeAlert, quoted, share } from './say.ts';

export const similarLevels = defineAlert<{ levels: number; certainty: number }>({
  type: 'similar-levels',
  label: 'Misspelt levels',
  help: 'A rare level a few letters away from a frequent one. Look at them one by one: "Austria" and "Australia" are no error.',
  params: { levels: amount('Levels', 'Columns of more levels are left to the search for suspect cells.', 1000, 2, 1e6, true), certainty: share('Certainty', 'How sure a level must be.', 0.5) },
  find: (facts, { levels, certainty }) => eachColumn(facts, ({ column, values }, present) => {
    if (!values || column.kind !== 'category' || column.distinct > levels || column.distinct < 3) return null;
    const found = [...misspelt(values.map((v, code) => ({ ...v, code })), present)].filter(([, near]) => near.certainty >= certainty && near.suggestion !== null);
    if (!found.length) return null;
    const rows = found.reduce((n, [code]) => n + values[code].count, 0);
    const map = Object.fromEntries(found.map(([code, near]) => [values[code].text, near.suggestion!]));
    const [code, near] = found[0];
    return makeAlert('similar-levels', 'watch', column.name, `"${column.name}" has ${found.length} rare levels that look like misspelt frequent ones, such as ${quoted([values[code].text])} beside ${quoted([near.suggestion!])}`, `${rows} rows; ${near.reason}`, rows, cleanFix(`Correct ${found.length} ${found.length === 1 ? 'level' : 'levels'} of ${column.name}`, 'merge-variants', [column.name], { map: JSON.stringify(map) }));
  }),
});
