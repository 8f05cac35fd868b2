// The lines of a group step, "name = mean(column)", as data. A name may be left out: mean(age) is called "mean of age".
// The column may stand in [brackets]; count() counts rows.
import { BarnacleError } from '../base/errors.ts';
import { AGGREGATES, type AggregateName } from '../table/verbs/aggregates.ts';
import type { Aggregate } from '../table/verbs/group.ts';

const CALL = /^([a-z]+)\s*\(\s*(.*?)\s*\)$/i;
const MOST = 2000;

/** Throws bad-param with the line that cannot be read. */
export function parseAggregates(text: string): Aggregate[] {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  if (lines.length > MOST) throw refuse(`${lines.length} lines`, `at most ${MOST}`);
  return lines.map((line) => {
    for (let at = line.indexOf('='); at >= 0; at = line.indexOf('=', at + 1)) {
      const found = readCall(line.slice(at + 1).trim());
      if (found && line.slice(0, at).trim() !== '') return { name: line.slice(0, at).trim(), ...found };
    }
    const found = readCall(line);
    if (!found) throw refuse(line, `name = one of ${AGGREGATES.map(({ name }) => name).join(', ')} and a column in brackets, as mean(age)`);
    return { name: found.column === null ? 'rows' : `${found.how} of ${found.column}`, ...found };
  });
}

function readCall(text: string): Omit<Aggregate, 'name'> | null {
  const m = CALL.exec(text);
  const how = m && AGGREGATES.find(({ name }) => name === m[1].toLowerCase())?.name;
  if (!m || !how) return null;
  const inside = m[2];
  const column = inside === '' || inside === '*' ? null : inside.startsWith('[') && inside.endsWith(']') ? inside.slice(1, -1).replaceAll(']]', ']') : inside;
  return column === null && how !== 'count' ? null : { how: how as AggregateName, column };
}

const refuse = (line: string, expected: string) => new BarnacleError('bad-param', `group.aggregates is ${JSON.stringify(line.slice(0, 80))}; expected ${expected}`, { path: 'group.aggregates', value: line.slice(0, 200), expected });
