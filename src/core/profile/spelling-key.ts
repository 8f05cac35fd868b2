// What two spellings of one level have in common: case, accents and runs of white space do not count.
export const spellingKey = (level: string): string => level.normalize('NFKD').replace(/[\u0300-\u036f]/g, '').trim().replace(/\s+/g, ' ').toLowerCase();
