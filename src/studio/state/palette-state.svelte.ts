// Commands are data: what the palette lists, what a shortcut runs. Pages add theirs while they are shown.
export type Command = { id: string; title: string; group: string; keys?: string; run(): void; when?(): boolean };

export class PaletteState {
  #sets = $state.raw<readonly (readonly Command[])[]>([]);
  open = $state(false);
  shortcutsOpen = $state(false);

  /** Every command that can run now, in the order they were added. */
  get all(): readonly Command[] {
    return this.#sets.flat().filter((command) => command.when?.() ?? true);
  }

  /** Adds a set of commands; the returned function takes it away again. */
  add(commands: readonly Command[]): () => void {
    this.#sets = [...this.#sets, commands];
    return () => { this.#sets = this.#sets.filter((set) => set !== commands); };
  }

  /** Commands whose title or group holds every word of the query, those starting with it first. */
  find(query: string): readonly Command[] {
    const words = query.toLowerCase().split(/\s+/).filter((word) => word !== '');
    const hits = this.all.filter((command) => {
      const text = `${command.title} ${command.group}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    const first = words[0] ?? '';
    return [...hits].sort((a, b) => Number(b.title.toLowerCase().startsWith(first)) - Number(a.title.toLowerCase().startsWith(first)));
  }

  /** Runs the command with these keys ("mod+k", "shift+mod+z", "?"); true when there was one. */
  press(keys: string): boolean {
    const command = this.all.find((each) => each.keys === keys);
    command?.run();
    return command !== undefined;
  }
}

/** A key event as words in a fixed order: shift+mod+z; mod is Ctrl, or Command on a Mac. */
export function keysOf(event: { key: string; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean; altKey: boolean }): string {
  const mod = event.ctrlKey || event.metaKey;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key.toLowerCase();
  return [event.altKey && 'alt', event.shiftKey && (mod || event.altKey) && 'shift', mod && 'mod', key].filter(Boolean).join('+');
}
