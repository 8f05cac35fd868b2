// The front page of the contract: infer it from training rows, check tables by it, build tables from plain rows.
export { checkTable } from './check-table.ts';
export { inferContract } from './infer-contract.ts';
export { tableFromRows } from './table-from-rows.ts';
