// The engine: the worker that owns tables and runs. It lets in what wire/engine.ts declares and joins the calls; the work
// is in engine/*.ts (state of the page: tables, jobs, the fit pool) and in core (everything about learning).
import { expose } from 'comlink';
import { alive } from '../src/wire/alive.ts';
import type { EngineWire } from '../src/wire/engine.ts';
import { carryErrors } from '../src/wire/errors.ts';
import { trustedUrl } from '../src/wire/trusted-url.ts';
import { checkCalls } from './engine/check-calls.ts';
import { cleanCalls } from './engine/clean-calls.ts';
import { dataCalls } from './engine/data-calls.ts';
import { debugCalls } from './engine/debug-calls.ts';
import { explainCalls } from './engine/explain-calls.ts';
import { importCalls } from './engine/import-calls.ts';
import { memoryCalls } from './engine/memory-calls.ts';
import { makeProfileOf } from './engine/profile-of.ts';
import { projectCalls } from './engine/project-calls.ts';
import { serveCalls } from './engine/serve-calls.ts';
import { makeSession } from './engine/session.ts';
import { structureCalls } from './engine/structure-calls.ts';
import { systemCalls } from './engine/system-calls.ts';
import { trainCalls } from './engine/train-calls.ts';
import { writeCalls } from './engine/write-calls.ts';
import fitUrl from './fit.ts?worker&url';

carryErrors();
const processors = navigator.hardwareConcurrency || 2;
const threads = Math.max(1, Math.min(4, processors - 1));
const session = makeSession(() => new Worker(trustedUrl(fitUrl), { type: 'module', name: self.name.replace('engine', 'fit') }), threads, processors);
const profileOf = makeProfileOf(session);
const data = { ...importCalls(session), ...dataCalls(session, profileOf), ...cleanCalls(session), ...checkCalls(session, profileOf), ...writeCalls(session), ...structureCalls(session) };
const engine = { ...systemCalls(session), ...data, ...trainCalls(session), ...explainCalls(session), ...debugCalls(session), ...memoryCalls(session), ...serveCalls(session), ...projectCalls(session) } satisfies EngineWire;

expose({ ...engine, ...alive });
