// The entry of the page: builds the studio's state out of the engine, the clock and the browser, and mounts the shell.
// The only file of the studio that touches globals of the browser besides components.
import { mount } from 'svelte';
import { onRestart, startEngine } from '../client/engine.ts';
import { whileAlone } from '../client/alone.ts';
import { goOffline, readRefused } from '../client/offline.ts';
import App from './app.svelte';
import './tokens.css';
import './base.css';
import { Announcer } from './state/announcer.svelte.ts';
import { NetworkState } from './state/network-state.svelte.ts';
import { StudioState, type Example } from './state/studio-state.svelte.ts';
import { ThemeState, type Keep } from './state/theme-state.svelte.ts';

const keep: Keep = {
  get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); } catch { /* private browsing: forgotten on reload */ } },
};
const dark = matchMedia('(prefers-color-scheme: dark)');
const theme = new ThemeState(keep, dark.matches);
dark.addEventListener('change', (event) => theme.systemChanged(event.matches));

const announcer = new Announcer((run, ms) => void setTimeout(run, ms));
const network = new NetworkState(location.origin);
const watch = (entries: PerformanceEntryList): void => {
  for (const entry of entries) network.saw({ url: entry.name, bytes: (entry as PerformanceResourceTiming).transferSize });
};
performance.setResourceTimingBufferSize?.(2000);
new PerformanceObserver((list) => watch(list.getEntries())).observe({ type: 'resource', buffered: true });
document.addEventListener('securitypolicyviolation', (event) => { if (/^https?:/.test(event.blockedURI)) network.refusedByPolicy(event.blockedURI, event.timeStamp); });

const local = async (path: string): Promise<Response> => {
  const response = await fetch(new URL(path, document.baseURI));
  if (!response.ok) throw new Error(`${path} answered ${response.status}; reload the page while its address can be reached`);
  return response;
};

const engine = startEngine();
onRestart(engine, (error) => announcer.fail(error));

const studio = new StudioState({
  engine,
  announcer,
  theme,
  network,
  now: () => Date.now(),
  newId: () => crypto.randomUUID().slice(0, 13),
  visit: (hash) => { location.hash = hash; },
  examples: async () => (await (await local('examples/index.json')).json()) as Example[],
  fetchExample: async (example) => (await local(`examples/${example.file}`)).blob(),
  whileAlone,
});

addEventListener('hashchange', () => void studio.arrive(location.hash));
addEventListener('unhandledrejection', (event) => announcer.fail(event.reason));
mount(App, { target: document.getElementById('app')!, props: { studio } });
void studio.arrive(location.hash);
void studio.start();
const askWorker = (): void => void readRefused().then((refused) => { if (refused !== null) network.refusedByWorker(refused); });
void goOffline(() => location.reload()).then(askWorker).catch((error: unknown) => announcer.fail(error));
setInterval(askWorker, 5000);
