// Missing values: few, many, or most.
import { defineAlert } from './alert.ts';
import { dropFix, eachColumn, makeAlert, percent, share, stepFix } from './say.ts';

export const missing = defineAlert<{ some: number; many: number; most: number }>({
  type: 'missing',
  label: 'Missing values',
  help: 'Rows without a value; filled and flagged, or the column left out when hardly any row has one.',
  params: { some: share('Some', 'Said from this share on (ydata: 1 %).', 0.01), many: share('Many', 'To be watched from this share on (deepchecks: 5 %).', 0.05), most: share('Most', 'Grave from this share on.', 0.5) },
  find: (facts, { some, many, most }) => eachColumn(facts, ({ column: { name, kind, rows, missing: lacking } }) => {
    const part = lacking / rows;
    if (part <= some) return null;
    const canFill = kind === 'number' || kind === 'boolean' || kind === 'category';
    const fix = part > 0.95 || !canFill ? (part > most ? dropFix(name) : null) : stepFix(`Fill and flag ${name}`, 'impute', name, { strategy: 'median', indicator: true });
    return makeAlert('missing', part > most ? 'high' : part > many ? 'watch' : 'info', name, `"${name}" is missing in ${percent(part)} of rows`, `${lacking} rows, thresholds ${percent(some)}, ${percent(many)}, ${percent(most)}`, lacking, fix);
  }),
});
