// The front page of serving trees in WebAssembly: one loader, which proves itself against core.
export { loadTreeServer } from './load-tree-server.ts';
