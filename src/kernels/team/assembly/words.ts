// Where the words lie that threads talk through: the twin of ../words.ts.
export const CONTROL: usize = 65536;
export const EPOCH: usize = CONTROL;
export const BROKEN: usize = CONTROL + 384;
export const COMMAND: usize = CONTROL + 448;
export const THREADS: usize = CONTROL + 452;
/** A line of 64 bytes for each thread. */
export const LINES: usize = CONTROL + 6144;

/** The command on which helpers leave. */
export const CLOSE: i32 = 0;
