// What this machine can do and what is stored on it, and the registries as data for pickers and forms.
import { cleaners } from '../../src/core/clean/index.ts';
import { writers } from '../../src/core/io/writers.ts';
import { readers } from '../../src/core/io/index.ts';
import { debugTools } from '../../src/core/debug/index.ts';
import { learners } from '../../src/core/learners/index.ts';
import { metrics } from '../../src/core/metrics/index.ts';
import { rankingMetrics } from '../../src/core/metrics/ranking-metrics.ts';
import { alerts } from '../../src/core/profile/alerts/index.ts';
import { steps } from '../../src/core/recipe/steps/index.ts';
import type { AnyParams } from '../../src/core/base/params.ts';
import { storageReport } from '../../src/store/report.ts';
import type { Capability, EngineApi } from '../../src/wire/engine.ts';
import { probeMachine } from '../probe-machine.ts';
import type { Session } from './session.ts';

type Calls = Pick<EngineApi, 'probe' | 'catalog' | 'system' | 'memory' | 'acceptLoss' | 'clearCaches'>;

export function systemCalls(session: Session): Calls {
  let probed: Promise<Capability> | null = null;
  const probe = () => (probed ??= probeMachine());
  return {
    probe,
    async catalog() {
      const plain = (params: unknown) => params as AnyParams;
      return {
        readers: readers.all.map(({ type, label, extensions, params }) => ({ type, label, extensions: [...extensions], params: plain(params) })),
        steps: steps.all.map(({ type, label, help, takes, params }) => ({ type, label, help, takes: [...takes], params: plain(params) })),
        cleaners: cleaners.all.map(({ type, label, help, scope, takes, arity, params }) => ({ type, label, help, scope, takes: [...takes], arity: { ...arity }, params: plain(params) })),
        writers: writers.all.map(({ type, label, help, extension, params }) => ({ type, label, help, extension, params: plain(params) })),
        alerts: alerts.all.map(({ type, label, help, params }) => ({ type, label, help, params: plain(params) })),
        learners: learners.all.map(({ type, label, help, tasks, exact, steps, params, fitsOn, resumes, unsupervised, byDefault, study }) => ({ type, label, help, tasks: [...tasks], exact, steps, params: plain(params), fitsOn, resumes: resumes ?? false, byDefault: unsupervised !== true && byDefault !== false, studied: study !== undefined })),
        debugTools: debugTools.all.map(({ type, label, help, suits }) => ({ type, label, help, suits })),
        metrics: metrics.all.map(({ type, label, help, tasks, better, bounds }) => ({ type, label, help, tasks: [...tasks], better, bounds: [...bounds] as [number, number] })),
        ranking: { binary: rankingMetrics('binary'), multiclass: rankingMetrics('multiclass'), regression: rankingMetrics('regression') },
      };
    },
    /** `memory` is filled in by the client: only a page can measure it. */
    async system() {
      const capability = await probe();
      const { trees } = capability.backend;
      const storage = await storageReport((await session.store()).connection);
      return { capability, storage, memory: null, made: { barnacle: __VERSION__, kernels: __VERSION__, backend: trees, threads: capability.threads, extra: {} } };
    },
    /** `page` is filled in by the client, as above. */
    memory: async () => ({ data: session.heldBytes(), page: null }),
    async acceptLoss() {
      await (await session.store()).acceptLoss();
    },
    async clearCaches() {
      session.clear();
      session.pool.trim();
      await (await session.store()).profiles.clear();
    },
  };
}
