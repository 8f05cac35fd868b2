// The tabs' contents, each loaded when it is first shown. To add one: its name in tabs.ts, and one line here.
import type { Component } from 'svelte';
import type { ProjectState } from '../../state/project-state.svelte.ts';
import type { StudioState } from '../../state/studio-state.svelte.ts';
import type { DataState } from './data-state.svelte.ts';
import type { Tab } from './tabs.ts';

/** Panels that need no DataState do without it. */
export type Panel = Component<{ studio: StudioState; project: ProjectState; data: DataState }>;
const later = import.meta.glob<{ default: Panel }>(['./contract/contract-panel.svelte', './dictionary/dictionary-panel.svelte', './versions/versions-panel.svelte']);
const lazy = (path: string) => () => later[path]!();

export const panels: { [tab in Exclude<Tab, 'table'>]: () => Promise<{ default: Panel }> } = {
  import: () => import('./import/import-tab.svelte'),
  clean: () => import('./clean/clean-tab.svelte'),
  alerts: () => import('./alerts/alerts-tab.svelte'),
  contract: lazy('./contract/contract-panel.svelte'),
  dictionary: lazy('./dictionary/dictionary-panel.svelte'),
  versions: lazy('./versions/versions-panel.svelte'),
};
