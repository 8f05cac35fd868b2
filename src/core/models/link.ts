// Raw scores of a row -> what is said of it: sigmoid for binary, softmax for multiclass, the score itself otherwise.
// In place and in doubles, through base/numerics, so that every engine gives the same bits.
import { sigmoid, softmax } from '../base/numerics.ts';
import type { Task } from '../base/task.ts';

/** Links the `width` scores at `offset`. */
export function link(task: Task, values: Float64Array, offset: number, width: number): void {
  if (task === 'binary') values[offset] = sigmoid(values[offset]);
  else if (task === 'multiclass') softmax(values, offset, width);
}
