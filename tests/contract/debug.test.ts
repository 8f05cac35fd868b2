// Every debugging tool: declared in words, runs on a small subject, says something that is plain JSON.
import { describe, expect, test } from 'vitest';
import { debugTools } from '../../src/core/debug/index.ts';
import { runDebug } from '../../src/core/debug/run-debug.ts';
import { learners } from '../../src/core/learners/index.ts';
import { context, lawMatrix, reluNet, studyNet, subjectOf } from '../unit/core/debug/subject.ts';

describe.each(debugTools.all.map((tool) => [tool.type, tool] as const))('debugging tool %s', (type, tool) => {
  test('is declared in words', () => {
    expect(type).toMatch(/^[a-z]+(-[a-z]+)*$/);
    expect(tool.label.length).toBeGreaterThan(4);
    expect(tool.help.endsWith('.')).toBe(true);
  });
  test('says something of a learner or a net, as plain JSON', async () => {
    const subject = tool.suits === 'nets' ? subjectOf('mlp', {}, { study: studyNet(reluNet, 0.01) }) : subjectOf('linear');
    const [finding] = await runDebug(subject, [type], context);
    expect(['pass', 'warn', 'fail', 'skipped']).toContain(finding.verdict);
    expect([finding.headline, finding.explanation].every((text) => text.length > 10 && !text.includes('undefined') && !text.includes('NaN'))).toBe(true);
    expect(JSON.parse(JSON.stringify(finding))).toEqual(finding);
  });
});

test('no learner breaks the tools for all learners', async () => {
  for (const { type, tasks, study } of learners.all) {
    if (study || !tasks.includes('binary')) continue;
    const small = { train: lawMatrix(120, 1), valid: lawMatrix(40, 2), test: lawMatrix(80, 3) };
    const found = await runDebug(subjectOf(type, {}, { ...small, shuffled: async (seed) => ({ train: lawMatrix(120, seed, 'class', true), valid: lawMatrix(40, seed + 1, 'class', true), test: lawMatrix(80, seed + 2, 'class', true) }) }), ['overfit-batch', 'shuffled-labels', 'seed-sweep'], context);
    for (const finding of found) expect(`${type} ${finding.id}: ${finding.headline}`).not.toMatch(/Training failed|Leak/);
    expect(found).toHaveLength(3);
  }
}, 120_000);
