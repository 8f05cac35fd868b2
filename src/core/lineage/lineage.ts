// Where each column comes from and goes to: raw column -> cleaned column -> feature, with what was done on the way.
import type { Kind } from '../table/table.ts';

export type LineageStage = 'raw' | 'clean' | 'feature';
/** `id` is unique in the graph. `note`: the target, dropped from the features, or read and not used further. */
export type LineageNode = { id: string; stage: LineageStage; name: string; kind: Kind | null; note: 'target' | 'dropped' | 'unused' | null };
/** `steps`: what was done, in words, in order; [] = taken as it is. */
export type LineageEdge = { from: string; to: string; steps: string[] };
/** Nodes by stage, in the order of their columns; edges in the order of their nodes. */
export type LineageGraph = { nodes: LineageNode[]; edges: LineageEdge[] };
