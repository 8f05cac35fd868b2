// Where the words lie that threads talk through, in every memory that a team shares: one page for the module, then 8 KiB of
// control, of which bytes 512 to 6143 are the kernel's own; what follows is the kernel's too. The twin of assembly/words.ts.
export const CONTROL = 65536;
export const BROKEN = CONTROL + 384;
export const THREADS = CONTROL + 452;
/** The kernel's own words. */
export const OWN = CONTROL + 512;
export const LINES = CONTROL + 6144;
export const ARRAYS = CONTROL + 8192;
export const PAGE = 65536;
/** Threads of a team, the coordinator counted. */
export const MOST_THREADS = 16;
/** The command on which helpers leave; every kernel's `call` knows it. */
export const CLOSE = 0;
