// Wrong cells found without labels on the two dirty/clean pairs that Raha (Mahdavi et al., 2019) was measured on, and what
// the suggested fixes mend; false alarms on clean tables; and tables into which errors of known kinds are put: three that
// were looked at while the detectors were written, four that were run once at the end. Raha learns from 20 labelled rows of the very table; nothing is labelled here.
import { quiet } from '../../core/base/task.ts';
import { applyClean } from '../../core/clean/apply-clean.ts';
import { alone, type CleanStep } from '../../core/clean/clean.ts';
import { profileTable } from '../../core/profile/profile-table.ts';
import { findSuspects } from '../../core/profile/suspects/find-suspects.ts';
import { suggestFixes } from '../../core/profile/suspects/suggest-fixes.ts';
import { cellText } from '../../core/table/cell.ts';
import type { Table } from '../../core/table/table.ts';
import { digits, msText } from '../print.ts';
import { defineBench, type BenchResult } from './bench.ts';
import { injectErrors } from './raha-inject.ts';
import { pairOf, tableOf, type Pair } from './raha-data.ts';
import { scoreOf, sameCell, type Score } from './raha-score.ts';

const PUBLISHED = { hospital: { f1: 0.72, precision: 0.94, recall: 0.59 }, beers: { f1: 0.99, precision: 0.99, recall: 0.99 } };
const CLEAN = ['adult.csv.gz', 'mushroom.csv', 'telco_churn.csv', 'german_credit.csv', 'titanic_kaggle.csv', 'raha_hospital_clean.csv', 'raha_beers_clean.csv'];
const SEEN = ['adult.csv.gz', 'telco_churn.csv', 'titanic_kaggle.csv'];
const UNSEEN = ['metro_traffic.csv.gz', 'online_shoppers.csv', 'medical_insurance.csv', 'automobile_1985.csv'];
type Line = { set: string; part: string; cells: number; wrong: number; found: number; precision: number | null; recall: number | null; f1: number | null; note: string };

export const raha = defineBench({
  type: 'raha',
  about: 'Wrong cells found and mended on Raha\'s hospital and beers, without labels; false alarms on clean tables',
  async run(door) {
    const lines: Line[] = [];
    const leftOut: string[] = [];
    const claims: BenchResult['claims'] = [];
    for (const [name, published] of Object.entries(PUBLISHED)) {
      door.progress(name, null);
      const pair = await pairOf(name);
      if (!pair) {
        leftOut.push(`${name}: ../shared/data/raha_${name}_*.csv is absent`);
        continue;
      }
      const { overall, parts } = await judge(name, pair);
      lines.push(overall, { set: name, part: 'Raha, 20 labelled rows (published)', cells: 0, wrong: 0, found: 0, ...published, note: '' }, ...parts);
      claims.push({ claim: `${name}: F1 of cells found wrong, no labels (Raha with 20 labelled rows: ${published.f1})`, measured: digits(overall.f1!, 3), bar: `> ${published.f1}`, holds: overall.f1! > published.f1 });
    }
    for (const file of CLEAN) {
      const table = await tableOf(file);
      if (!table) {
        leftOut.push(`${file} is absent`);
        continue;
      }
      door.progress(file, null);
      const report = await findSuspects(table, quiet);
      const cells = table.rows * table.columns.length;
      const where = report.byDetector.slice(0, 2).map((d) => `${d.detector} ${d.cells} in ${d.column}`).join(', ');
      lines.push({ set: file, part: 'clean table: flagged cells', cells, wrong: 0, found: report.total, precision: null, recall: null, f1: null, note: `${digits((1e4 * report.total) / cells, 3)} in 10,000${where ? `; ${where}` : ''}` });
    }
    for (const file of [...SEEN, ...UNSEEN]) {
      const table = await tableOf(file);
      if (table) lines.push(...(await judgeInjected(file, table, SEEN.includes(file))));
    }
    return { header: ['set', 'part', 'cells', 'wrong', 'found', 'precision', 'recall', 'F1', ''], right: [false, false, true, true, true, true, true, true, false], table: lines.map(rowOf), rows: lines, claims, leftOut } satisfies BenchResult;
  },
});

async function judge(name: string, { dirty, raw, clean }: Pair): Promise<{ overall: Line; parts: Line[] }> {
  const start = performance.now();
  const [report, profile] = [await findSuspects(dirty, quiet, { most: Infinity }), await profileTable(dirty, quiet)];
  const ms = performance.now() - start;
  const place = new Map(dirty.columns.map((column, c) => [column.name, c]));
  const found = new Map<string, string>();
  for (let c = 0; c < raw.columns.length; c++) for (let row = 0; row < raw.rows; row++) if (cellText(raw.columns[c], row) && cellText(dirty.columns[c], row) === null) found.set(`${row} ${c}`, 'missing word, seen when reading');
  for (const cell of report.cells) found.set(`${cell.row} ${place.get(cell.column)!}`, cell.detector);
  const score = scoreOf(raw, clean, found);
  const line = (part: string, s: Score, note = ''): Line => ({ set: name, part, cells: s.cells, wrong: s.wrong, found: s.found, precision: s.precision, recall: s.recall, f1: s.f1, note });
  const steps = suggestFixes(profile.alerts, report.cells);
  const parts = [line('ours, no labels: detectors', score.all), ...[...score.byDetector].map(([d, s]) => line(`  by ${d}`, s, 'recall = share of all wrong cells')), ...[...score.byColumn].map(([c, s]) => line(`  in ${clean.columns[c].name}`, s))];
  return { overall: { ...line('ours, no labels', score.all, msText(ms)) }, parts: [...parts.slice(1), mended(name, { dirty, raw, clean }, steps)] };
}

/** The wrong cells that the steps turn into exactly what the clean copy has, and the right ones that they spoil. */
function mended(set: string, { dirty, raw, clean }: Pair, steps: { type: string; columns: string[]; params: { [key: string]: string | number | boolean } }[]): Line {
  const spec = { version: 1 as const, steps: steps.map((step, k): CleanStep => ({ id: String(k), ...step })) };
  const { table, outcomes } = applyClean(spec, dirty, alone, { lenient: true });
  const failed = outcomes.filter((o) => o.error);
  let [wrong, right, spoiled] = [0, 0, 0];
  for (let c = 0; c < clean.columns.length; c++) {
    for (let row = 0; row < clean.rows; row++) {
      const truth = cellText(clean.columns[c], row) ?? '';
      const isRight = sameCell(cellText(table.columns[c], row) ?? '', truth);
      if ((cellText(raw.columns[c], row) ?? '') !== truth) {
        wrong++;
        if (isRight) right++;
      } else if (!isRight) spoiled++;
    }
  }
  const kinds = [...new Set(steps.map((s) => s.type))].join(', ');
  return { set, part: 'cells mended by the suggested fixes', cells: clean.rows * clean.columns.length, wrong, found: right, precision: right / Math.max(1, right + spoiled), recall: right / wrong, f1: null, note: `${steps.length} steps (${kinds}); ${spoiled} right cells spoiled${failed.length ? `; ${failed.length} steps failed: ${failed[0].error!.message}` : ''}` };
}

async function judgeInjected(file: string, table: Table, isSeen: boolean): Promise<Line[]> {
  const before = new Set((await findSuspects(table, quiet, { most: Infinity })).cells.map((cell) => `${cell.row} ${cell.column}`));
  const { dirty, kinds } = injectErrors(table, 0.01, 1);
  const report = await findSuspects(dirty, quiet, { most: Infinity });
  const found = new Set(report.cells.map((cell) => `${cell.row} ${cell.column}`));
  const wrong = [...kinds].length;
  const hit = [...found].filter((cell) => kinds.has(cell)).length;
  const extra = [...found].filter((cell) => !kinds.has(cell) && !before.has(cell)).length;
  const cells = table.rows * table.columns.length;
  const line = (part: string, w: number, h: number, p: number | null, note: string): Line => ({ set: file, part, cells, wrong: w, found: h, precision: p, recall: h / w, f1: p === null ? null : (2 * p * (h / w)) / Math.max(1e-9, p + h / w), note });
  const names = [...new Set(kinds.values())].sort();
  return [
    line('errors put in: found', wrong, hit, hit / Math.max(1, hit + extra), `${isSeen ? '' : 'not looked at with errors before; '}precision leaves out what was flagged before`),
    ...names.map((kind) => {
      const all = [...kinds].filter(([, k]) => k === kind);
      return line(`  ${kind}`, all.length, all.filter(([cell]) => found.has(cell)).length, null, '');
    }),
  ];
}

const share = (value: number | null): string => (value === null ? '' : value.toFixed(3));
const rowOf = (l: Line): string[] => [l.set, l.part, l.cells ? String(l.cells) : '', l.wrong ? String(l.wrong) : '', l.cells ? String(l.found) : '', share(l.precision), share(l.recall), share(l.f1), l.note];
