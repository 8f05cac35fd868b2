// The lines of a group step, "name = mean(column)", as data. A name may be left out: mean(age) is called "mean of age".
// The column may stand in [brackets]; count() counts rows.
import { BarnacleError } from '../base/errors.ts';
import { AGGREGATES } from '../table/verbs/aggregates.ts';
import type { Aggregate } from '../table/verbs/group.ts';

const MOST = 2000;
const MOST_LENGTH = 10_000;

/** Throws bad-param with the line that cannot be read. */
export function parseAggregates(text: string): Aggregate[] {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  if (lines.length > MOST) throw refuse(`${lines.length} lines`, `at most ${MOST}`);
  return lines.map((line) => {
    if (line.length > MOST_LENGTH) throw refuse(`${line.length} characters`, `at most ${MOST_LENGTH} in a line`);
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
  const open = text.indexOf('(');
  const word = text.slice(0, Math.max(0, open)).trim().toLowerCase();
  const how = AGGREGATES.find(({ name }) => name === word)?.name;
  if (!how || !text.endsWith(')')) return null;
  const inside = text.slice(open + 1, -1).trim();
  const column = inside === '' || inside === '*' ? null : inside.startsWith('[') && inside.endsWith(']') ? inside.slice(1, -1).replaceAll(']]', ']') : inside;
  return column === null && how !== 'count' ? null : { how, column };
}

const refuse = (line: string, expected: string) => new BarnacleError('bad-param', `group.aggregates is ${JSON.stringify(line.slice(0, 80))}; expected ${expected}`, { path: 'group.aggregates', value: line.slice(0, 200), expected });
