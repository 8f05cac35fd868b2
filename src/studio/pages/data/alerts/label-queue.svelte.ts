// The review of labels that may be wrong, one row after the other: accept the suggestion, keep what is given, or come back
// later. Nothing changes until the end; then the accepted ones are cell edits, and a JSON patch (RFC 6902) for the source.
import type { LabelIssue, LabelReport } from '../../../../wire/data.ts';
import type { CellEdit } from '../table/fix-cells.ts';

export type Decision = 'accept' | 'keep' | 'skip';
type Patch = { op: 'test' | 'replace'; path: string; value: string };

export class LabelQueue {
  #at = $state(0);
  #decisions = $state.raw<ReadonlyMap<number, Decision>>(new Map());
  #order = $state.raw<readonly number[]>([]);
  readonly report: LabelReport;
  readonly target: string;

  constructor(report: LabelReport, target: string) {
    this.report = report;
    this.target = target;
  }

  get at(): number { return this.#at; }
  get current(): LabelIssue | null { return this.report.issues[this.#at] ?? null; }
  get isOver(): boolean { return this.#at >= this.report.issues.length; }
  get canUndo(): boolean { return this.#order.length > 0; }
  decisionOf(row: number): Decision | null { return this.#decisions.get(row) ?? null; }
  countOf(decision: Decision): number { return [...this.#decisions.values()].filter((each) => each === decision).length; }

  decide(decision: Decision): void {
    const issue = this.current;
    if (issue === null) return;
    this.#decisions = new Map(this.#decisions).set(issue.row, decision);
    this.#order = [...this.#order, this.#at];
    this.#at = this.#undecided(this.#at + 1);
  }
  /** Back to the row decided last, undecided again. */
  undo(): void {
    const back = this.#order.at(-1);
    if (back === undefined) return;
    this.#order = this.#order.slice(0, -1);
    const decisions = new Map(this.#decisions);
    decisions.delete(this.report.issues[back]!.row);
    this.#decisions = decisions;
    this.#at = back;
  }
  /** Goes through the skipped ones once more. */
  again(): void {
    this.#decisions = new Map([...this.#decisions].filter(([, decision]) => decision !== 'skip'));
    this.#order = this.#order.filter((at) => this.decisionOf(this.report.issues[at]!.row) !== null);
    this.#at = this.#undecided(0);
  }
  /** y accepts, n keeps, s or an arrow right skips, u or an arrow left goes back; true when the key meant something. */
  press(key: string): boolean {
    const decision: Decision | undefined = ({ y: 'accept', n: 'keep', s: 'skip', ArrowRight: 'skip' } as const)[key as 'y'];
    if (decision !== undefined) this.decide(decision);
    else if (key === 'u' || key === 'ArrowLeft') this.undo();
    else return false;
    return true;
  }

  get accepted(): LabelIssue[] { return this.report.issues.filter((issue) => this.decisionOf(issue.row) === 'accept'); }
  get edits(): CellEdit[] { return this.accepted.map((issue) => [issue.row, issue.suggested]); }
  /** For the rows of the data as a JSON array of objects: each replacement behind a test of what it replaces. */
  get patch(): Patch[] {
    const column = this.target.replaceAll('~', '~0').replaceAll('/', '~1');
    return this.accepted.flatMap((issue): Patch[] => [{ op: 'test', path: `/${issue.row}/${column}`, value: issue.given }, { op: 'replace', path: `/${issue.row}/${column}`, value: issue.suggested }]);
  }

  #undecided(from: number): number {
    const { issues } = this.report;
    for (let i = from; i < issues.length; i++) if (this.decisionOf(issues[i]!.row) === null) return i;
    return issues.length;
  }
}
