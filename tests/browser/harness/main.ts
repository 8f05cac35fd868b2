// The page of the browser tests: the client's doors as globals, and a watch on how long the main thread was held.
import { endEngine, onRestart, onSaved, startEngine } from '../../../src/client/engine.ts';
import { startPredict } from '../../../src/client/predict.ts';

const longTasks: number[] = [];
new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((entry) => entry.duration))).observe({ entryTypes: ['longtask'] });

const changes: unknown[] = [];
onSaved((change) => changes.push(change));

const engine = startEngine();
const restarts: string[] = [];
onRestart(engine, (error) => restarts.push(error.details.reason));

const harness = { engine, startEngine, endEngine, startPredict, longTasks, changes, restarts };
export type Harness = typeof harness;
Object.assign(globalThis, { harness });
