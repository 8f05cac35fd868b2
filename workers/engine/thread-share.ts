// How many threads one fit gets: all processors when a fit of trees or nets has them to itself, a fair share when several go on.

/** More than so many threads cost more in waiting than they bring. */
const most = 8;

/**
 * `threaded`: fits of trees and nets that are under way or wait for a worker, this one included. `others`: fits on one thread
 * that hold a worker. `seats`: workers of the pool, so no more fits go on at once. At least 1.
 */
export function threadShare(processors: number, seats: number, threaded: number, others: number): number {
  const beside = Math.min(others, seats - 1);
  const atOnce = Math.max(1, Math.min(threaded, seats - beside));
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
  /** `isThreaded`: it can use more than one thread, as trees and nets do. */
  enter(isThreaded: boolean): Line;
  /** Threads of such a fit that has the machine to itself. */
  readonly alone: number;
}

export function makeFits(processors: number, seats: number): Fits {
  const threaded = new Set<Line>();
  const others = new Set<Line>();
  return {
    alone: threadShare(processors, seats, 1, 0),
    enter(isThreaded) {
      const line: Line = {
        begin() {
          (isThreaded ? threaded : others).add(line);
          return isThreaded ? threadShare(processors, seats, threaded.size, others.size) : 1;
        },
        end() {
          threaded.delete(line);
          others.delete(line);
        },
      };
      if (isThreaded) threaded.add(line);
      return line;
    },
  };
}
