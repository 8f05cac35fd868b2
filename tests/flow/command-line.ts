// The built CLI as a person runs it: a process with arguments and standard input; its exit code and what it wrote.
import { spawn, spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
export interface Answer { readonly code: number | null; readonly out: string; readonly err: string }

/** Builds the CLI when a source is newer; returns at once when not. */
export function buildCli(): void {
  const { status, stderr } = spawnSync(process.execPath, ['tools/build.mjs', 'cli'], { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_ENV: 'production' } });
  if (status !== 0) throw new Error(stderr);
}

/** Runs `barnacle ...args`; `input` goes to standard input; `keep` = false closes the pipe after the first bytes, as head does. */
export function barnacle(args: readonly string[], input: Uint8Array | string | null = null, keep = true): Promise<Answer> {
  const child = spawn(process.execPath, [join(root, 'dist/cli/main.js'), ...args], { cwd: root, env: { ...process.env, BARNACLE_ROOT: root, BARNACLE_TRACE: '' } });
  const [out, err]: Buffer[][] = [[], []];
  child.stdout.on('data', (data: Buffer) => {
    out.push(data);
    if (!keep) child.stdout.destroy();
  });
  child.stderr.on('data', (data: Buffer) => err.push(data));
  child.stdin.on('error', () => {});
  child.stdin.end(input ?? undefined);
  return new Promise((done, fail) => {
    child.on('error', fail);
    child.on('close', (code) => done({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }));
  });
}

/** The JSON that a command printed; throws what it said when it failed. */
export async function barnacleJson<T>(args: readonly string[], input: Uint8Array | string | null = null): Promise<T> {
  const { code, out, err } = await barnacle([...args, '--json'], input);
  if (code !== 0) throw new Error(`exit ${code}: ${err}`);
  return JSON.parse(out) as T;
}
