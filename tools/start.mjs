// `npm start`: installs what is missing, builds what is stale, serves the built studio on http://localhost:4173.
import { spawn } from 'node:child_process';
import { build } from './build.mjs';
import { ensurePackages, root } from './ensure.mjs';

ensurePackages();
build('app');
const { preview } = await import('vite');
const port = Number(process.env.PORT ?? 4173);
const server = await preview({ root, logLevel: 'warn', preview: { port, strictPort: true } });
const address = `http://localhost:${port}`;
console.log(`Barnacle is at ${address}

  1. Open ${address} in Chrome, Edge, Firefox or Safari.
  2. Click an example (Penguins is the quickest), or drop a file of your own: it never leaves this machine.
  3. Look around: Data, Explore, Features, Train, Evaluate, Deploy. Ctrl+K finds every action.

Ctrl+C stops the server; what you made stays in your browser.`);
if (process.argv.includes('--open')) {
  const opener = { darwin: 'open', win32: 'explorer' }[process.platform] ?? 'xdg-open';
  spawn(opener, [address], { stdio: 'ignore', detached: true }).on('error', () => {}).unref();
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.close().finally(() => process.exit(0)));
