// Real data for tests: ../shared/data beside the checkout (absent in a stranger's clone: those tests skip and say so)
// and the npm package vega-datasets (always there).
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bytesSource } from '../../src/core/io/source.ts';
import { readTable } from '../../src/core/io/index.ts';
import { quiet } from '../../src/core/base/task.ts';
import type { Table } from '../../src/core/table/table.ts';

const root = resolve(import.meta.dirname, '../..');
export const sharedData = join(root, '../shared/data');
export const hasSharedData = existsSync(sharedData);
if (!hasSharedData) console.log('skipped: tests on ../shared/data, which is not beside this checkout');

const load = async (path: string): Promise<Table> => (await readTable(bytesSource(path.split('/').at(-1)!, new Uint8Array(readFileSync(path))), {}, quiet)).table;
export const sharedTable = (name: string): Promise<Table> => load(join(sharedData, name));
export const vegaTable = (name: string): Promise<Table> => load(join(root, 'node_modules/vega-datasets/data', name));
