// The front page of the contract: infer it from training rows, check tables by it, build tables from plain rows, read and
// write it as JSON. What serves predictions imports check-table.ts and table-from-rows.ts alone, never this file.
export { checkRows, checkTable, type Checked, type CheckOptions } from './check-table.ts';
export { checkData, type DataCheckOptions, type Evaluate } from './check-data.ts';
export { inferContract } from './infer-contract.ts';
export { inferDataContract } from './infer-data-contract.ts';
export { parseContract, readContract } from './parse-contract.ts';
export { compilePattern } from './pattern.ts';
export { ruleText } from './rule-words.ts';
export { tableFromRows } from './table-from-rows.ts';
export { writeContract } from './write-contract.ts';
