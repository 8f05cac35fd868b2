// Says so when a wide table has more columns than relations were computed for.
import { defineAlert } from './alert.ts';
import { makeAlert } from './say.ts';

export const pairsSkipped = defineAlert({
  type: 'pairs-skipped',
  label: 'Relations left out',
  help: 'Relations grow with the square of the columns; of a wide table only some are computed.',
  params: {},
  find: ({ paired, pairable }) => (pairable > paired ? [makeAlert('pairs-skipped', 'info', null, `relations were computed among ${paired} of ${pairable} columns, the first and the last`, `at most ${paired} columns; text, constants and identifiers have none`, null)] : []),
});
