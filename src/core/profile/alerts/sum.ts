// A column that is exactly the sum of two others.
import { defineAlert } from './alert.ts';
import { dropFix, makeAlert } from './say.ts';

export const sum = defineAlert({
  type: 'sum',
  label: 'Sum of two columns',
  help: 'A total beside its parts: to predict one of the three, leave out what gives it away.',
  params: {},
  find: ({ sums, rows }) => sums.map(({ total, a, b }) => makeAlert('sum', 'watch', total, `"${total}" is exactly "${a}" + "${b}": to predict one of the three, leave out what gives it away`, 'equal in every row looked at', rows, dropFix(total))),
});
