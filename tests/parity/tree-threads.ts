// Real helper threads for tests: the worker script is bundled once, as the CLI's build would, and started in worker_threads.
import { Worker } from 'node:worker_threads';
import { build } from 'vite';
import type { TeamThread } from '../../src/kernels/team/team.ts';

let script: Promise<string> | null = null;

async function bundle(): Promise<string> {
  const options = { ssr: 'src/cli/team-worker.ts', write: false, target: 'node20', rolldownOptions: { output: { format: 'cjs' as const } } };
  const result = (await build({ configFile: false, logLevel: 'silent', build: options, ssr: { noExternal: true } })) as { output: { code?: string }[] } | { output: { code?: string }[] }[];
  return (Array.isArray(result) ? result[0] : result).output[0].code as string;
}

/** What starts a helper, once its script is bundled. */
export async function testThreads(): Promise<() => TeamThread> {
  script ??= bundle();
  const code = await script;
  return () => {
    const worker = new Worker(code, { eval: true });
    worker.unref();
    return {
      post: (message) => worker.postMessage(message),
      listen(told, failed) {
        worker.on('message', told);
        worker.on('error', (error) => failed(String(error)));
      },
      end: () => void worker.terminate(),
    };
  };
}
