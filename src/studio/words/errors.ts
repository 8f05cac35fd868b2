// Errors in words: for each code what happened, where, and the way out. The one table of the studio.
import type { ErrorCode, ErrorRecord } from '../../core/base/errors.ts';
import type { Json } from '../../core/base/json.ts';
import { bytes, list } from '../format.ts';

/** Words for a person: a headline, the place or figure behind it, and what to do next. */
export type ErrorWords = { title: string; where: string; wayOut: string };
type Details = { readonly [key: string]: Json };

const text = (value: Json | undefined): string => (value === undefined || value === null ? '' : typeof value === 'string' ? value : JSON.stringify(value));
const names = (value: Json | undefined): string => (Array.isArray(value) ? list(value.map(text), 6) : '');

const table: { [code in ErrorCode]: (d: Details) => ErrorWords } = {
  'bad-param': (d) => ({ title: 'A setting has a value that cannot be used', where: `${text(d['path'])} is ${text(d['value'])}`, wayOut: `Give it ${text(d['expected'])}.` }),
  'unknown-type': (d) => ({ title: `There is no ${text(d['registry'])} called “${text(d['type'])}”`, where: `Known are ${names(d['known'])}.`, wayOut: 'Choose one of these; the file may come from a newer version of Barnacle.' }),
  'bad-file': (d) => ({ title: 'The file could not be read', where: `As ${text(d['format'])}: ${text(d['reason'])}${d['offset'] === undefined ? '' : ` (at byte ${text(d['offset'])})`}.`, wayOut: 'Check that it is complete (open it in the program that made it), or choose another format under “How it was read”.' }),
  'unsupported-format': (d) => ({ title: `Files of this kind are not supported: ${text(d['format'])}`, where: text(d['reason']), wayOut: 'Save it as CSV, Parquet, JSON or NDJSON (each may be gzipped) and drop that.' }),
  'not-numeric': (d) => ({ title: `“${text(d['column'])}” does not hold numbers`, where: `Its kind is ${text(d['kind'])}.`, wayOut: 'Choose another column, or leave the threshold out.' }),
  'empty-file': (d) => ({ title: 'The file is empty', where: text(d['name']), wayOut: 'Export it again; it needs a header line and at least one row.' }),
  'too-large': (d) => ({ title: `This is more than fits: ${text(d['what'])}`, where: `${text(d['value'])} is beyond the limit of ${text(d['limit'])}.`, wayOut: 'Drop columns that are not needed, or take a sample of the rows before importing.' }),
  'missing-column': (d) => ({ title: `Column “${text(d['column'])}” is missing`, where: `The columns are ${names(d['known'])}.`, wayOut: 'Rename the column in the file, or choose another one here.' }),
  'bad-expression': (d) => ({ title: 'The expression cannot be read', where: `At character ${text(typeof d['at'] === 'number' ? d['at'] + 1 : null)}: ${text(d['reason'])}.`, wayOut: 'Mend it there; the list below the field shows what may stand at the caret.' }),
  'duplicate-column': (d) => ({ title: `Two columns are called “${text(d['column'])}”`, where: 'Names must differ for steps to find their column.', wayOut: 'Rename one of them in the file.' }),
  'bad-target': (d) => ({ title: `“${text(d['column'])}” cannot be predicted as it stands`, where: text(d['reason']), wayOut: 'Choose another target on the Data page, or a threshold for a numeric one.' }),
  'bad-split': (d) => ({ title: 'The rows cannot be divided this way', where: text(d['reason']), wayOut: 'Change the kind of split or its shares on the Features page.' }),
  'nominal-feature': (d) => ({ title: `“${text(d['column'])}” is kept as categories, which ${text(d['learner'])} does not take`, where: 'Trees, nets and naive Bayes take categories as they are.', wayOut: 'Encode the column (one-hot, target encoding) on the Features page, or choose one of these learners.' }),
  'no-features': (d) => ({ title: 'No feature is left to learn from', where: `Dropped: ${names(d['dropped'])}.`, wayOut: 'Keep at least one column besides the target on the Features page.' }),
  'no-rows': (d) => ({ title: 'No row is left', where: text(d['what']), wayOut: 'Loosen the step that removes rows, or import a file with more of them.' }),
  'bad-value': (d) => ({ title: `A value in “${text(d['column'])}” cannot be used`, where: `Row ${text(d['row'])} holds ${text(d['value'])}.`, wayOut: `It must be ${text(d['expected'])}.` }),
  'contract-refused': (d) => ({ title: 'These rows do not fit the model’s contract', where: `${text(d['column'])}: ${text(d['reason'])}`, wayOut: 'Bring the column into the form that it had in training.' }),
  'bad-bundle': (d) => ({ title: 'This model file is damaged or not one of Barnacle’s', where: text(d['reason']), wayOut: 'Export it again where it was made; a copy that lost a byte is refused on purpose.' }),
  'newer-version': (d) => ({ title: `This ${text(d['what'])} was made by a newer Barnacle`, where: `It has version ${text(d['found'])}; this app reads up to ${text(d['supported'])}.`, wayOut: 'Reload the page to get the newest app, then open it again.' }),
  'not-found': (d) => ({ title: `The ${text(d['what'])} is no longer here`, where: `Looked for ${text(d['id'])}.`, wayOut: 'It may have been deleted in another tab. Import the file or project again.' }),
  'numeric-failure': (d) => ({ title: 'The numbers ran away while training', where: `${text(d['where'])} became ${text(d['value'])}.`, wayOut: 'Scale the columns, lower the learning rate, or clip outliers on the Features page.' }),
  'no-backend': (d) => ({ title: `This browser offers no ${text(d['asked'])}`, where: names(d['reasons']), wayOut: 'Choose another learner, or see the System page for what is available and why.' }),
  'worker-lost': (d) => ({ title: 'A background worker stopped and was restarted', where: `${text(d['worker'])}: ${text(d['reason'])}`, wayOut: 'Your data is safe, and training that was under way goes on by itself. Repeat anything else; if memory ran out, close other tabs or use fewer columns.' }),
  'storage-full': (d) => ({ title: 'The browser has no room left for this', where: `Needed ${typeof d['needed'] === 'number' ? bytes(d['needed']) : text(d['needed'])}${typeof d['available'] === 'number' ? `, there are ${bytes(d['available'])}` : ''}.`, wayOut: 'Delete projects that are not needed on the home page, or clear caches on the System page.' }),
  'storage-blocked': (d) => ({ title: 'The browser does not let this page keep anything', where: text(d['reason']), wayOut: 'Close other tabs of Barnacle or leave private browsing. You can go on, but a reload will forget.' }),
  'storage-lost': (d) => ({ title: 'The browser removed what was stored here', where: `Expected ${text(d['expected'])} projects, found ${text(d['found'])}.`, wayOut: 'Import your project files again, and press “Keep my data” on the System page so that it does not happen twice.' }),
  'storage-corrupt': (d) => ({ title: `A stored ${text(d['what'])} is damaged`, where: `${text(d['id'])}: ${text(d['reason'])}`, wayOut: 'Import the original file again; the damaged copy is not used.' }),
  stopped: () => ({ title: 'Stopped', where: 'You stopped this before it had a result.', wayOut: 'Start it again when you like.' }),
  paused: () => ({ title: 'Paused', where: 'What it had learned is kept.', wayOut: 'Resume it when you like; it goes on from there.' }),
};

/** Words for any error record; what has no code keeps its own message. */
export function errorWords(error: ErrorRecord): ErrorWords {
  if (error.code === 'unexpected' || !Object.hasOwn(table, error.code)) {
    return { title: 'Something went wrong that should not have', where: error.message, wayOut: 'Try again; if it happens twice, copy the details into a report.' };
  }
  const details = error.details !== null && typeof error.details === 'object' && !Array.isArray(error.details) ? (error.details as Details) : {};
  return table[error.code](details);
}
