// The objective that a task and the params ask for: 'auto' is the task's own; what does not fit the task is refused.
import { BarnacleError } from '../../../base/errors.ts';
import type { Task } from '../../../base/task.ts';
import { objectives } from './index.ts';
import type { Objective } from './objective.ts';
import type { ObjectiveName } from './params.ts';

const own: { readonly [T in Task]: string } = { binary: 'binary', multiclass: 'softmax', regression: 'squared' };

/** Throws bad-param when the objective is not for this task. */
export function chooseObjective(name: ObjectiveName, task: Task): Objective {
  const chosen = objectives.get(name === 'auto' ? own[task] : name);
  if (chosen.tasks.includes(task)) return chosen;
  const fitting = ['auto', ...objectives.all.filter((objective) => objective.tasks.includes(task) && objective.type !== own[task]).map((objective) => objective.type)].join(', ');
  throw new BarnacleError('bad-param', `objective ${name} is for ${chosen.tasks.join(', ')} and the task is ${task}; choose ${fitting}`, { path: 'objective', value: name, expected: fitting });
}
