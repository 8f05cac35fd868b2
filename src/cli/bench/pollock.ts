// Pollock: 2,290 CSV files, each one defect away from a clean one, read by our reader without a word about their dialect and
// scored by the benchmark's own measures (Vitagliano et al., PVLDB 2023; HPI-Information-Systems/Pollock@c4533b2c0e: evaluate.py,
// pollock/metrics.py, pollock_weights.json). A file that gives an error, a typed one too, scores 0, as there.
// Beside it the share of other files, whose dialects are known, that is read right: a guard against fitting one table.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../core/base/json.ts';
import { defaults } from '../../core/base/params.ts';
import { csvParams } from '../../core/io/csv/dialect.ts';
import { sniffCsv } from '../../core/io/csv/sniff.ts';
import type { Door } from '../command.ts';
import { digits } from '../print.ts';
import { defineBench, spread, type BenchResult, type Claim } from './bench.ts';
import { judgeCases, judgePlain, judgeRewritten, plainFiles, type Verdict } from './dialect-cases.ts';
import { bytesOf, filesOf, loadBlind, withArchive } from './pollock-files.ts';
import { cleanRows, MEASURES, scoreFile, simpleScore, weightedScore, type Scores } from './pollock-score.ts';

/** Published in the archive: README.md and results/aggregate_results_polluted_files.csv. */
const PUBLISHED: readonly [system: string, simple: number, weighted: number, cellF1: number, told: string][] = [
  ['DuckDB 1.2', 9.961, 9.599, 0.9961, 'told everything'],
  ['SQLite 3.39', 9.955, 9.375, 0.9959, 'told everything'],
  ['CleverCSV 0.7.4', 9.193, 9.453, 0.9035, 'guesses'],
  ['DuckDB 1.2 auto', 9.075, 8.439, 0.7922, 'guesses'],
];
type FileReport = { name: string; scores: Scores; row: JsonObject };

export const pollock = defineBench({
  type: 'pollock',
  about: "Pollock's 2,290 polluted CSV files by its own measures, dialects not told; beside it other files of known dialect",
  async run(door) {
    const result: BenchResult = { header: ['system', 'told', 'simple', 'weighted', 'cell F1'], right: [false, false, true, true, true], table: [], rows: [], claims: [], leftOut: [] };
    const files = await withArchive('pollock_polluted_files.tar.xz', (folder) => scorePollock(join(folder, 'pollock'), door));
    if (typeof files === 'string') result.leftOut.push(`Pollock: ${files}`);
    else tellScores(files.reports, files.weights, result);
    const verdicts = await judgeOthers(door, result.leftOut);
    for (const set of [...new Set(verdicts.map((v) => v.set))]) {
      const own = verdicts.filter((v) => v.set === set);
      const right = own.filter((v) => v.isRight).length;
      result.table.push([set, 'nothing', `${right} of ${own.length} right`, `${((100 * right) / own.length).toFixed(1)} %`, '']);
      result.rows.push({ set, files: own.length, right, wrong: own.filter((v) => !v.isRight).slice(0, 40) });
    }
    tellSniffing(result);
    result.artefact = { title: 'Pollock, file by file', rows: [...(typeof files === 'string' ? [] : files.reports.map((f) => f.row)), ...verdicts.map((v) => ({ ...v }))] };
    return result;
  },
});

/** CPU time to settle the dialect on the first 256 kB of each plain CSV, best of three; the slowest file counts. */
function tellSniffing(result: BenchResult): void {
  const params = defaults(csvParams);
  const times = plainFiles().map(({ bytes }) => {
    const head = bytes.subarray(0, 1 << 18);
    return Math.min(...[0, 1, 2].map(() => {
      const before = process.cpuUsage();
      sniffCsv(head, head.length < 1 << 18, params);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }));
  });
  if (!times.length) return;
  const { median, high } = spread(times);
  result.table.push(['sniffing 256 kB', 'nothing', `${digits(median, 1)} ms`, `at most ${digits(high, 1)} ms`, '']);
  result.rows.push({ sniff_cpu_ms: median, sniff_cpu_high_ms: high });
  result.claims.push({ claim: 'CPU ms to settle the dialect on 256 kB, slowest plain CSV', measured: Number(high.toFixed(1)), bar: '<= 50', holds: high <= 50 });
}

async function scorePollock(base: string, door: Door): Promise<{ reports: FileReport[]; weights: { [name: string]: number } }> {
  const weights = JSON.parse(readFileSync(join(base, 'pollock_weights.json'), 'utf8')) as { [name: string]: number };
  const folder = join(base, 'polluted_files');
  const names = filesOf(join(folder, 'csv'));
  const reports: FileReport[] = [];
  for (const [i, name] of names.entries()) {
    if (i % 20 === 0) door.progress(`pollock ${i} of ${names.length}`, i / names.length);
    const { rows, outcome, ms, result } = await loadBlind(bytesOf(folder, 'csv', name));
    const scores = scoreFile(cleanRows(readFileSync(join(folder, 'clean', name), 'utf8')), rows);
    const said: JsonObject = result ? { rows: result.table.rows, columns: result.table.columns.length, rejected: result.rejected.length, rejected_lines: result.rejected.slice(0, 5).map((r) => `${r.line}: ${r.reason}`), notes: [...new Set(result.notes.map((n) => n.code))], delimiter: result.how.delimiter, quote: result.how.quote, header: result.how.header } : {};
    reports.push({ name, scores, row: { file: name, outcome, ms: Math.round(ms), score: Number(scores.reduce((a, b) => a + b, 0).toFixed(4)), ...said } });
  }
  return { reports, weights };
}

function tellScores(files: readonly FileReport[], weights: { readonly [name: string]: number }, result: BenchResult): void {
  const simple = simpleScore(files);
  const weighted = weightedScore(files, weights);
  const means: { [measure: string]: number } = Object.fromEntries(MEASURES.map((m, i) => [m, files.reduce((n, f) => n + f.scores[i], 0) / files.length]));
  result.table.push(['ours', 'nothing', digits(simple, 4), digits(weighted, 4), digits(means.cell_f1, 4)]);
  for (const [system, s, w, cell, told] of PUBLISHED) result.table.push([system, told, digits(s, 3), digits(w, 3), digits(cell, 4)]);
  result.rows.push({ system: 'ours', files: files.length, simple, weighted, ...means, crashed: files.filter((f) => String(f.row.outcome).startsWith('CRASH')).length });
  const claim = (name: string, measured: number, bar: number): Claim => ({ claim: name, measured: Number(measured.toFixed(4)), bar: `> ${bar}`, holds: measured > bar });
  result.claims.push(
    claim('Pollock simple score above the best told everything (DuckDB)', simple, 9.961),
    claim('Pollock weighted score above the best told everything (DuckDB)', weighted, 9.599),
    claim('Pollock simple score above the best that guesses (CleverCSV)', simple, 9.193),
    claim('Pollock weighted score above the best that guesses (CleverCSV)', weighted, 9.453),
  );
  const wild = files.filter((f) => String(f.row.outcome).startsWith('CRASH')).length;
  result.claims.push({ claim: 'files that crash the reader or hang it for 5 s', measured: wild + files.filter((f) => Number(f.row.ms) > 5000).length, bar: '0', holds: wild === 0 && files.every((f) => Number(f.row.ms) <= 5000) });
}

async function judgeOthers(door: Door, leftOut: string[]): Promise<Verdict[]> {
  const cases = await withArchive('csv_dialect_cases.tar.gz', judgeCases);
  if (typeof cases === 'string') leftOut.push(`dialect cases: ${cases}`);
  const plain = plainFiles();
  if (!plain.length) leftOut.push('plain CSVs: shared/data is not here');
  const out = typeof cases === 'string' ? [] : cases;
  for (const [i, file] of plain.entries()) {
    door.progress(`${file.name}, plain and rewritten`, i / plain.length);
    out.push(await judgePlain(file));
    for await (const verdict of judgeRewritten(file)) out.push(verdict);
  }
  return out;
}
