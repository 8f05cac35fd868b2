// Light, dark or what the system says; remembered, and written on the root element by the shell.
export type ThemeChoice = 'system' | 'light' | 'dark';
export const themes: readonly ThemeChoice[] = ['system', 'light', 'dark'];
export interface Keep { get(key: string): string | null; set(key: string, value: string): void }

export class ThemeState {
  #choice = $state<ThemeChoice>('system');
  #systemDark = $state(false);
  readonly #keep: Keep;

  constructor(keep: Keep, systemDark: boolean) {
    this.#keep = keep;
    this.#systemDark = systemDark;
    const stored = keep.get('theme');
    this.#choice = themes.find((name) => name === stored) ?? 'system';
  }

  get choice(): ThemeChoice { return this.#choice; }
  get shown(): 'light' | 'dark' { return this.#choice === 'system' ? (this.#systemDark ? 'dark' : 'light') : this.#choice; }

  choose(choice: ThemeChoice): void {
    this.#choice = choice;
    this.#keep.set('theme', choice);
  }
  /** system -> light -> dark -> system. */
  next(): void {
    this.choose(themes[(themes.indexOf(this.#choice) + 1) % themes.length]!);
  }
  systemChanged(dark: boolean): void {
    this.#systemDark = dark;
  }
}
