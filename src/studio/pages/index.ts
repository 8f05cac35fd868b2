// The pages by stage, each loaded when it is first shown. To add one: its file and one line here.
import type { Component } from 'svelte';
import type { Stage } from '../route.ts';
import type { StudioState } from '../state/studio-state.svelte.ts';

export type Page = Component<{ studio: StudioState }>;

export const pages: { [stage in Stage]: () => Promise<{ default: Page }> } = {
  data: () => import('./data/data-page.svelte'),
  explore: () => import('./explore/explore-page.svelte'),
  features: () => import('./features/features-page.svelte'),
  train: () => import('./train/train-page.svelte'),
  evaluate: () => import('./evaluate/evaluate-page.svelte'),
  deploy: () => import('./deploy/deploy-page.svelte'),
  system: () => import('./system/system-page.svelte'),
};
