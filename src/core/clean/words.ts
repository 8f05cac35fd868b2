// Small words of describe: names in quotes, a list cut short, one or many.
export const columnWords = (columns: readonly string[], all = 'every column that it can take'): string => (columns.length ? `${columns.slice(0, 4).join(', ')}${columns.length > 4 ? ` and ${columns.length - 4} more` : ''}` : all);
export const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
/** A '|' list of a param as its parts; an empty text has none. A bar inside a part is written \|. */
export const barList = (text: string): string[] => (text === '' ? [] : text.split(/(?<!\\)\|/).map((part) => part.replaceAll('\\|', '|')));
