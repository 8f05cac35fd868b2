// @ts-nocheck
import { test } from 'vitest';
import { defaults } from '../../../src/core/base/params.ts';
import { gbt } from '../../../src/core/learners/gbt/gbt.ts';
import { predictModel } from '../../../src/core/models/predict-model.ts';
import { context, made } from '../core/learners/gbt/made.ts';
const fit = async (k: number, p: object) => { const m0 = made('regression', 900, 1) as any; const m = { ...m0, target: { kind: 'value', values: m0.target.values.map((v: number) => v * k) } }; const model = await gbt.fit(m, { ...defaults(gbt.params), trees: 100, minLeafRows: 5, ...p } as any, context); const pr = predictModel(model, m).values; return pr.reduce((s: number, v: number, i: number) => s + Math.abs(v - m.target.values[i]), 0) / 900 / k; };
test('scale', async () => { for (const objective of ['squared', 'absolute', 'quantile', 'huber']) for (const monotone of ['', 'x0:+']) console.log(objective, monotone, await fit(1, { objective, monotone }), await fit(1000, { objective, monotone })); });
