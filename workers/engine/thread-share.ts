// How many threads one fit gets: all processors when a fit of trees has them to itself, a fair share when several go on.

/** More than so many threads cost more in waiting than they bring. */
const most = 8;

/**
 * `trees`: fits of trees that are under way or wait for a worker, this one included. `others`: other fits that hold a
 * worker. `seats`: workers of the pool, so no more fits go on at once. At least 1.
 */
export function threadShare(processors: number, seats: number, trees: number, others: number): number {
  const beside = Math.min(others, seats - 1);
  const atOnce = Math.max(1, Math.min(trees, seats - beside));
  return Math.max(1, Math.min(most, Math.floor((processors - beside) / atOnce)));
}

export interface Line {
  /** The fit begins, with so many threads. */
  begin(): number;
  /** It has ended or been lost; it may begin again. */
  end(): void;
}
/** Who fits and who waits to: a fit enters the line, begins when it has a worker, and ends. */
export interface Fits {
  enter(isTrees: boolean): Line;
  /** Threads of a fit of trees that has the machine to itself. */
  readonly alone: number;
}

export function makeFits(processors: number, seats: number): Fits {
  const trees = new Set<Line>();
  const others = new Set<Line>();
  return {
    alone: threadShare(processors, seats, 1, 0),
    enter(isTrees) {
      const line: Line = {
        begin() {
          (isTrees ? trees : others).add(line);
          return isTrees ? threadShare(processors, seats, trees.size, others.size) : 1;
        },
        end() {
          trees.delete(line);
          others.delete(line);
        },
      };
      if (isTrees) trees.add(line);
      return line;
    },
  };
}
