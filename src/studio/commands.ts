// The studio's own commands: where to go, what to open, how it looks. Pages add theirs with `studio.palette.add`.
import { stages } from './route.ts';
import type { Command } from './state/palette-state.svelte.ts';
import type { StudioState } from './state/studio-state.svelte.ts';
import { themes } from './state/theme-state.svelte.ts';
import { stageWords } from './words/stages.ts';

/** `pickFile` asks the person for a file (a click on a hidden input). */
export function studioCommands(studio: StudioState, pickFile: () => void): Command[] {
  const hasProject = (): boolean => studio.project !== null;
  const exampleCommands = (studio.examples ?? []).map((example): Command => ({ id: `example-${example.id}`, title: `Open the example ${example.title}`, group: 'Examples', run: () => void studio.openExample(example) }));
  const projectCommands = (studio.projects ?? []).slice(0, 30).map((project): Command => ({ id: `open-${project.id}`, title: `Open ${project.name}`, group: 'Projects', run: () => { location.hash = `#/p/${project.id}/data`; } }));
  return [
    { id: 'palette', title: 'Search every action', group: 'Studio', keys: 'mod+k', run: () => { studio.palette.open = true; } },
    { id: 'shortcuts', title: 'Show the keyboard shortcuts', group: 'Studio', keys: '?', run: () => { studio.palette.shortcutsOpen = true; } },
    { id: 'undo', title: 'Undo the last edit', group: 'Edit', keys: 'mod+z', run: () => studio.project?.undo(), when: () => hasProject() },
    { id: 'redo', title: 'Redo', group: 'Edit', keys: 'shift+mod+z', run: () => studio.project?.redo(), when: () => hasProject() },
    { id: 'redo-y', title: 'Redo (the other keys)', group: 'Edit', keys: 'mod+y', run: () => studio.project?.redo(), when: () => hasProject() },
    { id: 'home', title: 'Go to all projects', group: 'Go', keys: 'alt+0', run: () => studio.goHome() },
    ...stages.map((stage, i): Command => ({ id: `go-${stage}`, title: `Go to ${stageWords[stage]}`, group: 'Go', keys: `alt+${i + 1}`, run: () => studio.go(stage), when: () => stage === 'system' || hasProject() })),
    { id: 'open-file', title: 'Open a file', group: 'File', keys: 'mod+o', run: pickFile },
    { id: 'train', title: 'Train the chosen learners', group: 'Train', keys: 'mod+enter', run: () => { studio.go('train'); void studio.training?.train(); }, when: () => (studio.training?.missing.length ?? 0) > 0 },
    { id: 'stop', title: 'Stop training, keep the best so far', group: 'Train', run: () => void studio.training?.endAll(), when: () => studio.training?.running ?? false },
    { id: 'pause', title: 'Pause training', group: 'Train', keys: 'alt+p', run: () => void studio.training?.pauseAll(), when: () => studio.training?.running === true && studio.project?.runs.all.some((run) => studio.training?.canPause(run)) === true },
    { id: 'go-on', title: 'Resume paused training', group: 'Train', keys: 'alt+p', run: () => { studio.go('train'); void studio.training?.goOnAll(); }, when: () => (studio.training?.paused.length ?? 0) > 0 },
    ...(studio.training?.paused ?? []).map((run): Command => ({ id: `go-on-${run.id}`, title: `Resume ${studio.project?.runs.labelOf(run) ?? ''}`, group: 'Train', run: () => { studio.go('train'); void studio.training?.goOn(run); } })),
    ...themes.map((choice): Command => ({ id: `theme-${choice}`, title: { system: 'Follow the system theme', light: 'Light theme', dark: 'Dark theme' }[choice], group: 'Look', run: () => studio.theme.choose(choice) })),
    ...exampleCommands,
    ...projectCommands,
  ];
}
