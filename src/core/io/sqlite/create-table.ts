// The columns of a CREATE TABLE statement: names, declared types, defaults, which one is the rowid, what is not stored.
// A small tokenizer, no SQL: names may be quoted in four ways, and parentheses and commas within types and checks are skipped.
export type SqlColumn = { readonly name: string; readonly type: string; readonly fallback: null | number | string; readonly isRowid: boolean; readonly isStored: boolean };

type Token = { text: string; isName: boolean };
const CONSTRAINT = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN']);
const AFTER_TYPE = new Set(['CONSTRAINT', 'PRIMARY', 'NOT', 'NULL', 'UNIQUE', 'CHECK', 'DEFAULT', 'COLLATE', 'REFERENCES', 'GENERATED', 'AS']);
const MOST_COLUMNS = 32_767;

/** Throws Error when the statement is none that creates an ordinary table. */
export function parseCreateTable(sql: string): { columns: SqlColumn[]; hasRowid: boolean } {
  const tokens = tokensOf(sql);
  const open = tokens.findIndex((t) => !t.isName && t.text === '(');
  if (open < 0) throw new Error('it was made by a query and does not say its columns');
  const parts: Token[][] = [[]];
  let depth = 1;
  let at = open + 1;
  for (; at < tokens.length && depth > 0; at++) {
    const { text, isName } = tokens[at];
    if (!isName && text === '(') depth++;
    if (!isName && text === ')') depth--;
    if (depth === 0) break;
    if (!isName && text === ',' && depth === 1) parts.push([]);
    else parts[parts.length - 1].push(tokens[at]);
  }
  const rest = tokens.slice(at + 1).map((t) => t.text.toUpperCase()).join(' ');
  const columns: SqlColumn[] = [];
  let key: string | null = null;
  for (const part of parts) {
    if (!part.length) continue;
    if (!part[0].isName && CONSTRAINT.has(part[0].text.toUpperCase())) {
      const words = part.map((t) => t.text);
      const primary = words.findIndex((w, k) => w.toUpperCase() === 'PRIMARY' && words[k + 1]?.toUpperCase() === 'KEY' && words[k + 2] === '(' && words[k + 4] === ')');
      if (primary >= 0) key = words[primary + 3].toLowerCase();
      continue;
    }
    if (columns.length >= MOST_COLUMNS) throw new Error('it has too many columns');
    columns.push(columnOf(part));
  }
  const isInteger = (c: SqlColumn): boolean => c.type.toUpperCase() === 'INTEGER';
  return { columns: columns.map((c) => (key !== null && c.name.toLowerCase() === key && isInteger(c) ? { ...c, isRowid: true } : c)), hasRowid: !/\bWITHOUT ROWID\b/.test(rest) };
}

function columnOf(part: readonly Token[]): SqlColumn {
  let k = 1;
  let type = '';
  for (; k < part.length && (part[k].isName || !AFTER_TYPE.has(part[k].text.toUpperCase())); k++) type += `${type && part[k].text !== '(' && part[k].text !== ')' ? ' ' : ''}${part[k].text}`;
  const words = part.slice(k).map((t) => (t.isName ? '' : t.text.toUpperCase()));
  const isPrimary = words.some((w, i) => w === 'PRIMARY' && words[i + 1] === 'KEY' && words[i + 2] !== 'DESC');
  const generated = words.indexOf('AS');
  const given = words.indexOf('DEFAULT');
  return { name: part[0].text, type: type.trim(), fallback: given < 0 ? null : literalOf(part.slice(k + given + 1)), isRowid: isPrimary && type.trim().toUpperCase() === 'INTEGER', isStored: generated < 0 || words.includes('STORED') };
}

function literalOf(tokens: readonly Token[]): null | number | string {
  const inner = tokens.filter((t) => t.isName || (t.text !== '(' && t.text !== ')'));
  const first = inner[0];
  if (!first) return null;
  if (first.isName) return first.text;
  const sign = first.text === '-' || first.text === '+' ? first.text : '';
  const number = Number(sign + (sign ? (inner[1]?.text ?? '') : first.text));
  if (first.text !== '' && Number.isFinite(number)) return number;
  return /^true$/i.test(first.text) ? 1 : /^false$/i.test(first.text) ? 0 : null;
}

function tokensOf(sql: string): Token[] {
  const out: Token[] = [];
  const closing: { [open: string]: string } = { '"': '"', '`': '`', '[': ']', "'": "'" };
  for (let i = 0; i < sql.length; ) {
    const c = sql[i];
    if (/\s/.test(c)) i++;
    else if (sql.startsWith('--', i)) i = endOf(sql, '\n', i);
    else if (sql.startsWith('/*', i)) i = endOf(sql, '*/', i + 2);
    else if (Object.hasOwn(closing, c)) {
      let text = '';
      for (i++; i < sql.length; i++) {
        if (sql[i] !== closing[c]) text += sql[i];
        else if (c !== '[' && sql[i + 1] === closing[c]) text += sql[i++];
        else break;
      }
      i++;
      out.push({ text, isName: true });
    } else if (/[\w$.\u0080-\uffff]/.test(c)) {
      const start = i;
      while (i < sql.length && /[\w$.\u0080-\uffff]/.test(sql[i])) i++;
      out.push({ text: sql.slice(start, i), isName: false });
    } else {
      out.push({ text: c, isName: false });
      i++;
    }
  }
  return out;
}

function endOf(sql: string, mark: string, from: number): number {
  const found = sql.indexOf(mark, from);
  return found < 0 ? sql.length : found + mark.length;
}
