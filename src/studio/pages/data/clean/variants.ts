// Spellings that may be one level, as a checklist: which groups and spellings the person takes, the level each becomes,
// and the JSON map that the merge-variants step keeps.
import type { VariantGroup } from '../../../../wire/data.ts';

/** One group: `to` is the spelling that stays, `taken` the spellings that become it. */
export type Choice = { to: string; taken: readonly string[] };

export const spellings = (group: VariantGroup): { level: string; rows: number; why: string }[] => {
  const given = group.from.reduce((sum, each) => sum + each.rows, 0);
  return [{ level: group.to, rows: Math.max(0, group.rows - given), why: 'the most frequent' }, ...group.from];
};
/** Everything taken, but for spellings that are only a letter or two apart: these a person should look at. */
export const firstChoice = (group: VariantGroup): Choice => ({ to: group.to, taken: group.from.filter((each) => !/distance|letter|edit/i.test(each.why)).map((each) => each.level) });

/** The choices that a map stands for. */
export function choicesOf(groups: readonly VariantGroup[], map: { readonly [from: string]: string }): Choice[] {
  return groups.map((group) => {
    const levels = spellings(group).map((each) => each.level);
    const to = levels.map((level) => map[level]).find((target) => target !== undefined) ?? group.to;
    return { to, taken: levels.filter((level) => level !== to && map[level] === to) };
  });
}
export function mapOf(choices: readonly Choice[]): { [from: string]: string } {
  const entries = choices.flatMap((choice) => choice.taken.filter((level) => level !== choice.to).map((level): [string, string] => [level, choice.to]));
  return Object.fromEntries(entries);
}
/** Another spelling stays: the one that stayed becomes it, as those that were taken do. */
export function retarget(choice: Choice, to: string): Choice {
  if (to === choice.to) return choice;
  return { to, taken: choice.taken.length === 0 ? [] : [...new Set([choice.to, ...choice.taken])].filter((level) => level !== to) };
}
export const taking = (choice: Choice, level: string, taken: boolean): Choice => ({ ...choice, taken: taken ? [...new Set([...choice.taken, level])] : choice.taken.filter((each) => each !== level) });

/** The map in a step's params; what is not a map of texts is none. */
export function parseMap(text: unknown): { [from: string]: string } {
  if (typeof text !== 'string' || text.trim() === '') return {};
  try {
    const read: unknown = JSON.parse(text);
    if (read === null || typeof read !== 'object' || Array.isArray(read)) return {};
    return Object.fromEntries(Object.entries(read).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
  } catch {
    return {};
  }
}
/** Rows that change with these choices. */
export function rowsChanged(groups: readonly VariantGroup[], choices: readonly Choice[]): number {
  return groups.reduce((sum, group, i) => sum + spellings(group).filter((each) => choices[i]?.taken.includes(each.level)).reduce((rows, each) => rows + each.rows, 0), 0);
}
