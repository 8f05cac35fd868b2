// Builds the harness page once and serves it, with the headers of the studio or (isolated: false) without isolation.
import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { build } from 'vite';
import { kernelPlugin } from '../../tools/kernel-plugin.ts';
import { allHeaders, contentSecurityPolicy } from '../../tools/security.ts';
import { servePlugin } from '../../tools/serve-plugin.ts';

const root = resolve(import.meta.dirname, 'harness');
export const outDir = resolve(import.meta.dirname, '../../build/harness');
const types: { [ending: string]: string } = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.json': 'application/json' };

export async function buildHarness(): Promise<void> {
  const plugins = () => [kernelPlugin(), servePlugin()];
  await build({ root, configFile: false, base: './', publicDir: false, logLevel: 'warn', define: { __VERSION__: '"test"' }, plugins: plugins(), worker: { format: 'es', plugins }, build: { outDir, emptyOutDir: true, minify: false, target: 'es2023' } });
}

export interface Served { readonly url: string; close(): Promise<void> }
export async function serveHarness(isolated: boolean): Promise<Served> {
  const headers = isolated ? allHeaders : { 'Content-Security-Policy': contentSecurityPolicy };
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname;
    const file = path.startsWith('/data/') ? resolve('node_modules/vega-datasets/data', path.slice(6)) : join(outDir, path === '/' ? 'index.html' : path);
    readFile(file).then(
      (bytes) => response.writeHead(200, { ...headers, 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as { port: number };
  return { url: `http://127.0.0.1:${port}/`, close: () => new Promise((done) => server.close(() => done())) };
}
