// How many numbers a model says of a row: 1 for a value or the probability of the positive class, K for K classes.
import type { Task } from '../base/task.ts';

export const widthOf = (task: Task, classes: number): number => (task === 'multiclass' ? classes : 1);
