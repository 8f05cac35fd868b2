// The same contest in a tab: our WASM and GPU steps and stock tfjs on WASM and WebGPU, each in a worker of its own. Headless
// Chromium has a software adapter alone unless the machine has a GPU: what it says of WebGPU is marked so.
import { join } from 'node:path';
import { withTab } from './tab.ts';
import type { NetsRun } from './nets-rows.ts';

export type TabAsk = { key: string; by: string; threads: number; rows: number; ms: number };
const gpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'];

/** Each ask's run in order, or why it has none; a single reason when there is no Chromium. */
export async function trainInTab(asks: readonly TabAsk[], progress: (ask: TabAsk) => void): Promise<(NetsRun | string)[] | string> {
  const use = async (page: { setDefaultTimeout(ms: number): void; goto(address: string): Promise<unknown>; waitForFunction(code: string): Promise<unknown>; evaluate(code: string): Promise<unknown> }, _browser: unknown, address: string): Promise<(NetsRun | string)[]> => {
    page.setDefaultTimeout(120_000);
    await page.goto(address);
    await page.waitForFunction(`'netSpeed' in globalThis`);
    const runs: (NetsRun | string)[] = [];
    for (const ask of asks) {
      progress(ask);
      runs.push(await (page.evaluate(`Promise.race([netSpeed(${JSON.stringify(ask)}), new Promise((_, fail) => setTimeout(() => fail(new Error('no answer within 2 minutes')), 120000))])`) as Promise<NetsRun>).catch(firstLine));
    }
    return runs;
  };
  return withTab(use, gpu, join(process.env.BARNACLE_ROOT ?? '.', 'tests/browser/net-speed/vite.config.ts')).catch(firstLine);
}

const firstLine = (error: unknown): string => (error instanceof Error ? error.message.split('\n')[0] : String(error));
