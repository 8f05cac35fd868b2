// The title of the Train page: what the leaderboard says now, in one sentence.
import { plural } from '../../format.ts';
import type { ProjectState } from '../../state/project-state.svelte.ts';
import { isBaseline } from '../../state/runs-state.svelte.ts';

export function trainFinding(project: ProjectState, running: boolean): string {
  const runs = project.runs;
  const models = runs.ranked.filter((run) => !isBaseline(run));
  const busy = runs.all.filter((run) => run.status === 'running' || run.status === 'waiting').length;
  const failed = runs.all.filter((run) => run.status === 'failed').length;
  if (runs.ranked.length === 0) {
    if (running) return `${plural(busy, 'model')} ${busy === 1 ? 'is' : 'are'} being trained`;
    const paused = runs.all.filter((run) => run.status === 'paused').length;
    if (paused > 0) return `${plural(paused, 'model')} ${paused === 1 ? 'is' : 'are'} paused`;
    return failed > 0 ? `No model came out of it; ${plural(failed, 'run')} failed` : 'Nothing is trained yet';
  }
  const best = models[0];
  if (best === undefined) return running ? 'The baseline is set; models are on their way' : 'Only the baseline is trained';
  const stale = `${running ? ' so far' : ''}${project.isCurrent(best) ? '' : ', with an older recipe'}`;
  const tied = models.filter((run) => runs.isTied(run)).length;
  const baseline = runs.ranked.find(isBaseline);
  const own = runs.scoreOf(best)!;
  const floor = baseline === undefined ? null : runs.scoreOf(baseline);
  if (floor !== null && floor.low <= own.high && own.low <= floor.high) return running ? 'No model is clearly better than the baseline so far' : 'No model is clearly better than the baseline';
  const name = runs.labelOf(best);
  return tied > 1 ? `${name} ${verb(name)}${stale}; ${tied === 2 ? 'one other is' : `${tied - 1} others are`} tied` : `${name} ${verb(name)}${stale}${models.length > 1 ? ', clear of the rest' : ''}`;
}

export const isPlural = (name: string): boolean => /s$/.test(name.split(',')[0]!) && !/ss$/.test(name.split(',')[0]!);
const verb = (name: string): string => (isPlural(name) ? 'lead' : 'leads');
