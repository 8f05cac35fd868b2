// Params that a form field cannot do justice: which steps have an editor of their own, for which of their params.
import type { Component } from 'svelte';
import type { ProjectState } from '../../../state/project-state.svelte.ts';
import type { StudioState } from '../../../state/studio-state.svelte.ts';
import AggregatesEditor from './aggregates-editor.svelte';
import type { DraftState } from './draft-state.svelte.ts';
import EditsEditor from './edits-editor.svelte';
import ExpressionEditor from './expression-editor.svelte';
import NamesEditor from './names-editor.svelte';
import TableEditor from './table-editor.svelte';
import VariantsEditor from './variants-editor.svelte';

export type SpecialProps = { studio: StudioState; project: ProjectState; draft: DraftState };
export type Special = { editor: Component<SpecialProps>; keys: readonly string[]; /** Columns are named inside, so none are chosen. */ hidesColumns?: boolean; /** It says itself what is wrong. */ saysErrors?: boolean };

const specials: { readonly [type: string]: Special } = {
  filter: { editor: ExpressionEditor, keys: ['expression'], hidesColumns: true, saysErrors: true },
  compute: { editor: ExpressionEditor, keys: ['expression'], hidesColumns: true, saysErrors: true },
  'merge-variants': { editor: VariantsEditor, keys: ['map'] },
  join: { editor: TableEditor, keys: ['table', 'keys'] },
  'as-of-join': { editor: TableEditor, keys: ['table', 'time'] },
  stack: { editor: TableEditor, keys: ['table'], hidesColumns: true },
  pivot: { editor: NamesEditor, keys: ['names', 'values'] },
  'fill-down': { editor: NamesEditor, keys: ['by'] },
  group: { editor: AggregatesEditor, keys: ['aggregates'] },
  'fix-cells': { editor: EditsEditor, keys: ['edits'] },
};
export const specialOf = (type: string): Special | undefined => (Object.hasOwn(specials, type) ? specials[type] : undefined);
