// The tabs' contents, each loaded when it is first shown. To add one: its name in tabs.ts, and one line here.
import type { Component } from 'svelte';
import type { ProjectState } from '../../state/project-state.svelte.ts';
import type { StudioState } from '../../state/studio-state.svelte.ts';
import type { DataState } from './data-state.svelte.ts';
import type { Tab } from './tabs.ts';

/** Panels that need no DataState do without it. */
export type Panel = Component<{ studio: StudioState; project: ProjectState; data: DataState }>;
export const panels: { [tab in Exclude<Tab, 'table'>]: () => Promise<{ default: Panel }> } = {
  import: () => import('./import/import-tab.svelte'),
  clean: () => import('./clean/clean-tab.svelte'),
  alerts: () => import('./alerts/alerts-tab.svelte'),
  contract: () => import('./contract/contract-panel.svelte'),
  dictionary: () => import('./dictionary/dictionary-panel.svelte'),
  versions: () => import('./versions/versions-panel.svelte'),
};
