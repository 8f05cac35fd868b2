// The page's side of the engine: startEngine() gives an object with every call of EngineApi, answered by the worker.
// Values sent must be plain (no $state proxies); callbacks may be given as they are.
import engineUrl from '../../workers/engine.ts?worker&url';
import { onChange, type Change } from '../wire/announce.ts';
import type { BarnacleError } from '../core/base/errors.ts';
import type { Hash } from '../core/base/json.ts';
import type { EngineApi, EngineWire, JobId, OnProgress, ProjectRecord } from '../wire/engine.ts';
import { trustedUrl } from '../wire/trusted-url.ts';
import { makeMemoryMeter } from './memory.ts';
import { wholeProfile } from './whole-profile.ts';
import { linkWorker, type WorkerLink } from './worker-link.ts';

const links = new WeakMap<EngineApi, WorkerLink<EngineWire>>();

/**
 * Starts the engine worker. Calls made while it starts wait for it. `query` chooses kernels, for tests and for finding
 * faults: `?backend=wasm`, `?backend=reference`, `?fallbackAdapter` (a GPU in software); it travels in the worker's name.
 */
export function startEngine(query: string = location.search): EngineApi {
  const link = linkWorker<EngineWire>('engine', () => new Worker(trustedUrl(engineUrl), { type: 'module', name: `barnacle-engine${query}` }));
  const meter = makeMemoryMeter(async () => (await link.api.memory()).data);
  const engine: EngineApi = Object.assign(Object.create(link.api) as EngineApi, {
    system: async () => ({ ...(await link.api.system()), memory: (await meter()).page }),
    memory: meter,
    profile: async (job: JobId, dataset: Hash, onProgress: OnProgress) => wholeProfile(link.api, dataset, await link.api.profile(job, dataset, onProgress)),
    openProject: async (id: string) => {
      const opened = await link.api.openProject(id);
      const { profile, project } = opened;
      const data = project.cleaned ?? project.dataset;
      return profile === null || data === null ? opened : { ...opened, profile: await wholeProfile(link.api, data, profile) };
    },
    saveProject: async (project: ProjectRecord) => {
      await link.api.saveProject(project);
      askToPersist();
    },
  });
  links.set(engine, link);
  return engine;
}

/** Hears of each restart after a lost worker: what it held in memory is gone, what was saved is there. */
export const onRestart = (engine: EngineApi, listener: (error: BarnacleError<'worker-lost'>) => void): (() => void) => links.get(engine)?.onRestart(listener) ?? (() => {});

/** Hears of each record that this or another tab has saved, deleted or failed to save. */
export const onSaved = (listener: (change: Change) => void): (() => void) => onChange(listener);

/** Ends the worker for good. */
export const endEngine = (engine: EngineApi): void => links.get(engine)?.end();

let asked = false;
/** Once there is something to lose, asks the browser not to clear it; only a page can. Its answer shows in system(). */
function askToPersist(): void {
  if (asked) return;
  asked = true;
  // Not awaited: some browsers ask the person first, who may take as long as they like.
  navigator.storage?.persist?.().catch(() => false);
}
