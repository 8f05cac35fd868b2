// Opening files, however they come: dropped, picked, a folder, pasted. One file is a project; several with the same ending
// are one table in parts; a large one is planned first, and asks when it does not fit. One for the whole studio.
import type { Json } from '../../../core/base/json.ts';
import type { ReadPlan } from '../../../wire/data.ts';
import { count, list } from '../../format.ts';
import type { StudioState } from '../../state/studio-state.svelte.ts';
import { gatherFiles, named, type Dropped, type Gathered } from './gather-files.ts';
import { looksLikeTable, pastedName } from './pasted.ts';

type Studio = Pick<StudioState, 'engine' | 'jobs' | 'announcer' | 'fail' | 'openFile' | 'importParts'>;
/** From here on a file is planned before it is read. */
export const PLAN_FROM = 200_000_000;
const OWN = /\.(barnacle|barnacle-project)$/;
const packed = /\.(gz|zst|zip)$/i;
export const endingOf = (name: string): string => (name.replace(packed, '').match(/\.([^./]+)$/)?.[1] ?? '').toLowerCase();

export class OpeningState {
  #plan = $state.raw<{ file: Gathered; plan: ReadPlan } | null>(null);
  #parts = $state.raw<{ name: string; files: Gathered[]; left: Gathered[] } | null>(null);
  #pasted = $state.raw<string | null>(null);
  readonly #studio: Studio;

  constructor(studio: Studio) {
    this.#studio = studio;
  }

  /** A file that needs a word before it is read. */
  get plan(): { file: Gathered; plan: ReadPlan } | null { return this.#plan; }
  /** Files that would become one table. */
  get parts(): { name: string; files: readonly Gathered[]; left: readonly Gathered[] } | null { return this.#parts; }
  /** Text to be opened as a table; null when nothing is pasted. */
  get pasted(): string | null { return this.#pasted; }
  close(): void { [this.#plan, this.#parts, this.#pasted] = [null, null, null]; }

  async drop(dropped: Dropped): Promise<void> {
    try {
      await this.open(await gatherFiles(dropped));
    } catch (error) {
      this.#studio.fail(error);
    }
  }
  async open(files: readonly Gathered[]): Promise<void> {
    if (files.length === 0) return;
    if (files.length === 1) return this.#openOne(files[0]!);
    const byEnding = new Map<string, Gathered[]>();
    for (const file of files) byEnding.set(endingOf(file.name), [...(byEnding.get(endingOf(file.name)) ?? []), file]);
    const [ending, most] = [...byEnding].sort((a, b) => b[1].length - a[1].length)[0]!;
    if (most.length === 1) {
      this.#studio.announcer.tell(`These are files of different kinds (${list([...byEnding.keys()].map((each) => each || 'no ending'), 5)}). Drop the table first; the others can be joined to it on its Import tab.`);
      return;
    }
    const folder = most[0]!.name.includes('/') ? most[0]!.name.split('/')[0]! : `${count(most.length)} ${ending} files`;
    this.#parts = { name: folder, files: most, left: files.filter((file) => !most.includes(file)) };
  }
  async openParts(): Promise<void> {
    const parts = this.#parts;
    this.close();
    if (parts !== null) await this.#studio.importParts(parts.name, parts.files.map(({ name, file }) => ({ name, file })));
  }
  /** Reads the planned file, in one of the ways that the plan gives. */
  async openPlanned(options: { [key: string]: Json }): Promise<void> {
    const file = this.#plan?.file;
    this.close();
    if (file !== undefined) await this.#studio.openFile({ name: file.file.name, blob: file.file }, options);
  }

  /** True when the clipboard held files or a table: the page then keeps its hands off. */
  paste(clipboard: DataTransfer | null): boolean {
    if (clipboard === null) return false;
    if (clipboard.files.length > 0) { void this.open(named(Array.from(clipboard.files))); return true; }
    const text = clipboard.getData('text/plain');
    if (!looksLikeTable(text)) return false;
    this.startPaste(text);
    return true;
  }
  startPaste(text: string): void { this.#pasted = text; }
  async openPasted(text: string): Promise<void> {
    this.close();
    if (text.trim() !== '') await this.#studio.openFile({ name: pastedName(text), blob: new Blob([text], { type: 'text/plain' }) });
  }

  chooseFiles(): void { this.#choose(false); }
  chooseFolder(): void { this.#choose(true); }

  async #openOne({ name, file }: Gathered): Promise<void> {
    if (file.size < PLAN_FROM || OWN.test(name)) return this.#studio.openFile({ name: file.name, blob: file });
    const plan = await this.#studio.jobs.run(`Looking at ${file.name}`, (job, report) => this.#studio.engine.planRead(job, file.name, file, {}, report));
    if (plan === undefined) return;
    if (plan.fits) return this.#studio.openFile({ name: file.name, blob: file });
    this.#plan = { file: { name, file }, plan };
  }
  #choose(folder: boolean): void {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.webkitdirectory = folder;
    input.onchange = () => void this.open(named(Array.from(input.files ?? [])));
    input.click();
  }
}

const states = new WeakMap<object, OpeningState>();
export function openingOf(studio: StudioState): OpeningState {
  const known = states.get(studio);
  if (known !== undefined) return known;
  const made = new OpeningState(studio);
  states.set(studio, made);
  return made;
}
