// The stages of the work in words, in the order of the rail.
import type { Stage } from '../route.ts';

export const stageWords: { [stage in Stage]: string } = { data: 'Data', explore: 'Explore', features: 'Features', train: 'Train', evaluate: 'Evaluate', deploy: 'Deploy', system: 'System' };
