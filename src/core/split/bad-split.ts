// The one error of this room: a split that cannot be made, and what to change.
import { BarnacleError } from '../base/errors.ts';

export const badSplit = (reason: string): BarnacleError<'bad-split'> => new BarnacleError('bad-split', `split ${reason}`, { reason });
