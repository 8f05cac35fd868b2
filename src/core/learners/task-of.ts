// The task that a training target sets: a value is regression, two classes binary, more multiclass.
import type { Task } from '../base/task.ts';
import type { Target } from '../table/matrix.ts';

export const taskOf = (target: Target): Task => (target.kind === 'value' ? 'regression' : target.classes.length > 2 ? 'multiclass' : 'binary');
