// Characters that come from a wrong encoding or cannot be seen: "CafÃ©", the replacement character, control characters.
import { defineAlert } from './alert.ts';
import { rowsOf, someValues } from './some-values.ts';
import { about, eachColumn, makeAlert, quoted, share } from './say.ts';

const ODD = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffd\ue000-\uf8ff]|[\u00c2\u00c3][\u0080-\u00bf]|\u00e2\u20ac|\u00e2\u0080|\u00ef\u00bf\u00bd|\u00f0\u0178/;
const SIGNS = /^[^\p{L}\p{N}\s]+$/u;

export const oddCharacters = defineAlert<{ share: number }>({
  type: 'odd-characters',
  label: 'Odd characters',
  help: 'Text read with the wrong encoding, or characters that cannot be seen. Read the file again with another encoding.',
  params: { share: share('Share', 'Values of signs alone are said from this share on (deepchecks: 0.1 %).', 0.001) },
  find: (facts, params) => eachColumn(facts, (held) => {
    if (!held.values) return null;
    const all = someValues(held);
    const broken = all.filter((v) => ODD.test(v.text));
    const signs = all.filter((v) => v.text.length > 1 && SIGNS.test(v.text));
    const found = broken.length ? broken : rowsOf(signs) > params.share * rowsOf(all) && held.column.distinct > 2 * signs.length ? signs : [];
    if (!found.length) return null;
    const rows = rowsOf(found);
    const { name } = held.column;
    return broken.length
      ? makeAlert('odd-characters', 'watch', name, `"${name}" has broken characters in ${about(held)}${rows} values, such as ${quoted(found.map((v) => v.text))}; was it read with the right encoding?`, `${found.length} different values`, rows)
      : makeAlert('odd-characters', 'info', name, `"${name}" has ${about(held)}${rows} values of signs alone, such as ${quoted(found.map((v) => v.text))}`, `threshold ${params.share * 100} %`, rows);
  }),
});
