// The benchmarks by name.
import { makeRegistry } from '../../core/base/registry.ts';
import type { Bench } from './bench.ts';
import { csvBench } from './csv.ts';
import { fuzzBench } from './fuzz.ts';
import { linearBench } from './linear.ts';
import { mainJob } from './main-job.ts';
import { streamBench } from './stream.ts';
import { netPrediction } from './net-prediction.ts';
import { netQuality } from './net-quality.ts';
import { netsBench } from './nets.ts';
import { pollock } from './pollock.ts';
import { predictionBench } from './prediction.ts';
import { raha } from './raha.ts';
import { shapBench } from './shap.ts';
import { treeBits } from './tree-bits.ts';
import { treeQuality } from './tree-quality.ts';
import { treesBench } from './trees.ts';

export const benches = makeRegistry<Bench>('benchmark', [csvBench, fuzzBench, mainJob, streamBench, treesBench, netsBench, netQuality, linearBench, shapBench, treeQuality, treeBits, predictionBench, netPrediction, pollock, raha]);
