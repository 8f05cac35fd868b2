// The front page of serving nets in WebAssembly: one function, which proves itself against core when it is first asked.
export { netScores } from './open-net-server.ts';
