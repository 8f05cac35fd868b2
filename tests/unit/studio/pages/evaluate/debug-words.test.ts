import { expect, test } from 'vitest';
import type { DebugFinding, DebugVerdict } from '../../../../../src/core/debug/debug.ts';
import type { Run } from '../../../../../src/core/pipeline/run-spec.ts';
import { debugFinding, figureText, toolsOf } from '../../../../../src/studio/pages/evaluate/debug-words.ts';

const finding = (label: string, verdict: DebugVerdict): DebugFinding => ({ id: label, label, verdict, headline: 'it is so', explanation: 'why', figures: [] });
const run = (type: string) => ({ spec: { learner: { type, params: {} } } }) as unknown as Run;
const catalog = {
  debugTools: [{ type: 'a', label: 'A', help: '', suits: 'all' as const }, { type: 'b', label: 'B', help: '', suits: 'nets' as const }],
  learners: [{ type: 'net', studied: true }, { type: 'gbt', studied: false }],
} as unknown as Parameters<typeof toolsOf>[0];

test('tools for nets are offered for nets alone', () => {
  expect(toolsOf(catalog, run('net')).map((t) => t.type)).toEqual(['a', 'b']);
  expect(toolsOf(catalog, run('gbt')).map((t) => t.type)).toEqual(['a']);
  expect(toolsOf(null, run('gbt'))).toEqual([]);
});

test('the title says the worst', () => {
  expect(debugFinding('Net', [], 2)).toBe('Does Net learn what it should?');
  expect(debugFinding('Net', [finding('A', 'pass'), finding('B', 'skipped')], 2)).toBe('All checks pass');
  expect(debugFinding('Net', [finding('A', 'warn'), finding('B', 'pass')], 2)).toBe('Nothing fails; look at a');
  expect(debugFinding('Net', [finding('A', 'fail'), finding('B', 'warn')], 2)).toBe('A fails: it is so');
  expect(debugFinding('Net', [finding('A', 'fail'), finding('B', 'fail')], 2)).toBe('2 of 2 checks fail');
  expect(debugFinding('Net', [finding('A', 'skipped')], 1)).toBe('No check says anything about this learner');
  expect(debugFinding('Net', [finding('A', 'pass')], 3)).toBe('1 of 3 checks passes; the others have not run');
});

test('figures', () => {
  expect([null, 'wasm', 12345, 0.123456, -2e-7, 1.5e8, 2.37e12 + 0.5].map(figureText)).toEqual(['\u2013', 'wasm', '12,345', '0.1235', '\u22122.00e\u22127', '150,000,000', '2.37e+12']);
});
