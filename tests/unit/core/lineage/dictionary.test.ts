import { expect, test } from 'vitest';
import { quiet } from '../../../../src/core/base/task.ts';
import type { DataDictionary } from '../../../../src/core/lineage/dictionary.ts';
import { dictionaryJson } from '../../../../src/core/lineage/dictionary-json.ts';
import { emptyDictionary } from '../../../../src/core/lineage/dictionary-lines.ts';
import { dictionaryMarkdown } from '../../../../src/core/lineage/dictionary-markdown.ts';
import { parseDictionary, readDictionary } from '../../../../src/core/lineage/parse-dictionary.ts';
import { profileTable } from '../../../../src/core/profile/profile-table.ts';
import { categoriesOf, makeTable, makeTime, numbersOf, textsOf } from '../../../../src/core/table/build.ts';

const profile = await profileTable(makeTable([
  numbersOf('income', [1200, 3400, null, 880]),
  categoriesOf('ill|ness', ['none', 'flu', 'flu', 'flu']),
  textsOf('note', ['Anna was here', 'b', 'c', 'd']),
  makeTime('seen', Float64Array.of(0, 86_400_000, 0, 0), 'day'),
]), quiet);
const dictionary: DataDictionary = {
  ...emptyDictionary('Visits <b>'), description: 'One row a visit.\nAsked | by phone.', owner: 'Clinic', licence: 'CC_BY', consent: 'Written, 2024',
  columns: { income: { description: 'Per month', unit: 'EUR', source: 'form 3', sensitive: false, note: 'rounded\nto 10' }, 'ill|ness': { description: '', unit: '', source: '', sensitive: true, note: '' } },
};

test('Markdown: a head and a line per column, escaped, with no value of a sensitive column and no text', () => {
  const text = dictionaryMarkdown(dictionary, profile);
  expect(text.split('\n')).toEqual([
    '# Visits &lt;b&gt;', '', 'One row a visit.', 'Asked \\| by phone.', '', '- Owner: Clinic', '- Licence: CC\\_BY', '- Consent: Written, 2024', '- 4 rows, 4 columns, 1 of them sensitive (their values are not shown)', '',
    '| column | kind | unit | description | values | missing | source | note |', '|---|---|---|---|---|---:|---|---|',
    '| `income` | number | EUR | Per month | 880 to 3400 | 25 % | form 3 | rounded to 10 |',
    '| `ill\\|ness` **sensitive** | category |  |  | not shown | 0 % |  |  |',
    '| `note` | text |  |  | 4 different texts | 0 % |  |  |',
    '| `seen` | time |  |  | 1970-01-01 to 1970-01-02 | 0 % |  |  |', '',
  ]);
  expect(text).not.toContain('flu');
  expect(text).not.toContain('Anna');
});

test('JSON comes back as the same words', () => {
  const text = dictionaryJson(dictionary, profile);
  expect(text).not.toContain('flu');
  const again = readDictionary(text);
  expect(again.columns['income']).toEqual(dictionary.columns['income']);
  expect({ ...again, columns: {} }).toEqual({ ...dictionary, columns: {} });
  expect(parseDictionary(JSON.parse(JSON.stringify(dictionary)))).toEqual(dictionary);
});

test('hostile JSON does no harm', () => {
  expect(() => parseDictionary(null)).toThrow(expect.objectContaining({ code: 'bad-param' }));
  expect(() => parseDictionary({ ...dictionary, extra: 1 })).toThrow(expect.objectContaining({ details: expect.objectContaining({ path: 'dictionary.extra' }) }));
  expect(() => parseDictionary({ ...dictionary, version: 2 })).toThrow(expect.objectContaining({ code: 'newer-version' }));
  expect(() => parseDictionary({ version: 1, columns: { a: { sensitive: 'yes' } } })).toThrow(expect.objectContaining({ details: expect.objectContaining({ path: 'dictionary.columns.a.sensitive' }) }));
  expect(() => readDictionary('{')).toThrow(expect.objectContaining({ code: 'bad-file' }));
  const odd = parseDictionary(JSON.parse('{"version":1,"columns":{"__proto__":{"description":"x"}}}'));
  expect(Object.keys(odd.columns)).toEqual(['__proto__']);
  expect(({} as { description?: string }).description).toBeUndefined();
});
