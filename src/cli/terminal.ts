// The world as a terminal command sees it: lines on standard output, a progress bar on standard error when that is a
// terminal (never in a pipe, never with --json), redrawn at most ten times a second.
import type { Door } from './command.ts';

export function terminalDoor(json: boolean): Door {
  const show = process.stderr.isTTY === true && !json;
  let last = 0;
  let drawn = false;
  const endProgress = () => {
    if (drawn) process.stderr.write('\r\x1b[2K');
    drawn = false;
  };
  return {
    print(line) {
      endProgress();
      console.log(line);
    },
    warn(line) {
      endProgress();
      console.error(line);
    },
    progress(text, done) {
      if (!show || performance.now() - last < 100) return;
      last = performance.now();
      drawn = true;
      const width = 24;
      const bar = done === null ? ''.padEnd(width, '.') : '#'.repeat(Math.round(done * width)).padEnd(width, '.');
      process.stderr.write(`\r\x1b[2K[${bar}] ${text.slice(0, 80)}`);
    },
    endProgress,
  };
}
