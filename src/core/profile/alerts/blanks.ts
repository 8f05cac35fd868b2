// Blanks before or behind a text, or several in a row inside it.
import { defineAlert } from './alert.ts';
import { rowsOf, someValues } from './some-values.ts';
import { about, cleanFix, eachColumn, makeAlert, quoted, share } from './say.ts';

const ENDS = /^[\s\u200b\u200c\u200d\u2060\ufeff]|[\s\u200b\u200c\u200d\u2060\ufeff]$/;

export const blanks = defineAlert<{ share: number }>({
  type: 'blanks',
  label: 'Blanks around values',
  help: 'Invisible blanks make " yes" another level than "yes".',
  params: { share: share('Share', 'Said from this share of rows on.', 0) },
  find: (facts, params) => eachColumn(facts, (held) => {
    if (!held.values) return null;
    const all = someValues(held);
    const found = all.filter((v) => v.text.trim() !== '' && ENDS.test(v.text));
    const rows = rowsOf(found);
    if (!rows || rows < params.share * rowsOf(all)) return null;
    const { name } = held.column;
    return makeAlert('blanks', 'watch', name, `"${name}" has blanks before or behind ${about(held)}${rows} values, such as ${quoted(found.map((v) => v.text))}`, `${found.length} different values`, rows, cleanFix(`Trim ${name}`, 'trim', [name], { inner: false }));
  }),
});
