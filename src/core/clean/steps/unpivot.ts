// Wide to long: one row for each of the named columns, with its name and its value.
import { BarnacleError } from '../../base/errors.ts';
import { unpivotTable } from '../../table/verbs/unpivot.ts';
import { defineCleaner } from '../clean.ts';
import { freeNames } from '../free-name.ts';
import { columnWords } from '../words.ts';

export const unpivot = defineCleaner<{ names: string; values: string }>({
  type: 'unpivot',
  label: 'Unpivot to rows',
  help: 'Makes of each row one row for each named column, with its name and its value (wide to long).',
  scope: 'shape',
  takes: ['number', 'category', 'boolean', 'time', 'text'],
  arity: { fewest: 1, most: 0 },
  params: {
    names: { kind: 'text', label: 'Name column', help: 'The new column that says which column a value was in.', fallback: 'name', maxLength: 1000 },
    values: { kind: 'text', label: 'Value column', help: 'The new column that holds the value.', fallback: 'value', maxLength: 1000 },
  },
  apply(table, columns, { names, values }) {
    if (names === values) throw new BarnacleError('duplicate-column', `column "${names}" is named twice; rename one`, { column: names });
    freeNames(table, [names, values], columns);
    return { table: unpivotTable(table, columns, names, values), rows: null, changed: 0, notes: [], sources: { [names]: [...columns], [values]: [...columns] } };
  },
  describe: (columns, { names, values }) => `${columnWords(columns)} as rows of ${names} and ${values}`,
});
