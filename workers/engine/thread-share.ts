// How many threads one fit gets: all processors when a fit of trees has them to itself, a fair share when several go on.

/** More than so many threads cost more in waiting than they bring. */
const most = 8;

/**
 * `trees`: fits of trees that are under way or wait for a worker, this one included. `others`: other fits that hold a
 * worker. `seats`: workers of the pool, so no more fits go on at once. At least 1.
 */
export function threadShare(processors: number, seats: number, trees: number, others: number): number {
  const atOnce = Math.max(1, Math.min(trees, seats - others));
  return Math.max(1, Math.min(most, Math.floor((processors - others) / atOnce)));
}

export interface Line {
  /** The fit begins, with so many threads. */
  begin(): number;
  /** It waits for a worker again. */
  pause(): void;
  leave(): void;
}
/** Who fits and who waits to: a fit enters the line, begins when it has a worker, and leaves at its end. */
export interface Fits {
  enter(isTrees: boolean): Line;
  /** Threads of a fit of trees that has the machine to itself. */
  readonly alone: number;
}

export function makeFits(processors: number, seats: number): Fits {
  let trees = 0;
  let others = 0;
  return {
    alone: threadShare(processors, seats, 1, 0),
    enter(isTrees) {
      let holds = false;
      if (isTrees) trees++;
      const pause = (): void => {
        if (holds && !isTrees) others--;
        holds = false;
      };
      return {
        begin() {
          if (isTrees) return threadShare(processors, seats, trees, others);
          if (!holds) others++;
          holds = true;
          return 1;
        },
        pause,
        leave() {
          pause();
          if (isTrees) trees--;
        },
      };
    },
  };
}
