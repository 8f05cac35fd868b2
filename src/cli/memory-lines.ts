// What each fit will take in memory beside its data, said before it starts; learners that cannot say are left out.
import { fitMemory, fitSize } from '../core/pipeline/fit-memory.ts';
import type { Prepared } from '../core/pipeline/prepare.ts';
import type { RunSpec } from '../core/pipeline/run-spec.ts';
import { bytesText } from './print.ts';

export function memoryLines(specs: readonly RunSpec[], { train, valid }: Prepared, threads: number): string[] {
  return specs.flatMap(({ learner: { type, params } }) => {
    const memory = fitMemory(type, params, fitSize(train, valid), threads);
    return memory ? [`${type} will use about ${bytesText(memory.bytes)}: ${memory.parts.map((part) => `${part.label} ${bytesText(part.bytes)}`).join(', ')}`] : [];
  });
}
