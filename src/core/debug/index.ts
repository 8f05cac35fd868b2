// The registry of debugging tools, in the order in which a person would run them, and the front page of this room.
import { makeRegistry } from '../base/registry.ts';
import { deadUnits } from './dead-units.ts';
import type { DebugTool } from './debug.ts';
import { gradientFlow } from './gradient-flow.ts';
import { numberTrace } from './number-trace.ts';
import { overfitBatch } from './overfit-batch.ts';
import { rateRange } from './rate-range.ts';
import { seedSweep } from './seed-sweep.ts';
import { shuffledLabels } from './shuffled-labels.ts';

export const debugTools = makeRegistry<DebugTool>('debugging tool', [overfitBatch, shuffledLabels, seedSweep, rateRange, numberTrace, deadUnits, gradientFlow]);
