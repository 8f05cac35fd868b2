// Rows as the text of JSON objects: numbers and booleans as such, times as ISO text, missing as null. Keys are written for each
// row, so that every row has the same; `__proto__` is a key like any other, since nothing is built but text.
import { cellText, isMissing } from '../../table/cell.ts';
import type { Column, Table } from '../../table/table.ts';

/** Row -> '{"a":1,"b":null}'. */
export function jsonRows(table: Table): (row: number) => string {
  const keys = table.columns.map((column, k) => `${k ? ',' : ''}${JSON.stringify(column.name)}:`);
  const cells = table.columns.map(cellOf);
  return (row) => {
    let text = '{';
    for (let k = 0; k < cells.length; k++) text += keys[k] + cells[k](row);
    return `${text}}`;
  };
}

function cellOf(column: Column): (row: number) => string {
  if (column.kind === 'number') return (row) => (isMissing(column, row) ? 'null' : String(column.values[row]));
  if (column.kind === 'boolean') return (row) => (isMissing(column, row) ? 'null' : column.values[row] ? 'true' : 'false');
  if (column.kind === 'category') {
    const levels = column.levels.map((level) => JSON.stringify(level));
    return (row) => (isMissing(column, row) ? 'null' : levels[column.codes[row]]);
  }
  return (row) => JSON.stringify(cellText(column, row));
}
