// Cleaning: the table that a list of steps makes, what one more step would do, and what helps to declare one.
import { applyClean } from '../../src/core/clean/apply-clean.ts';
import type { CleanSpec } from '../../src/core/clean/clean.ts';
import { hashJson } from '../../src/core/base/hash.ts';
import type { Hash } from '../../src/core/base/json.ts';
import { checkExpression } from '../../src/core/pipeline/check-expression.ts';
import { previewClean } from '../../src/core/pipeline/preview-clean.ts';
import { variantGroups } from '../../src/core/profile/variants.ts';
import { getColumn } from '../../src/core/table/build.ts';
import { tableBytes } from '../../src/core/table/hash-table.ts';
import type { Table } from '../../src/core/table/table.ts';
import type { EngineApi } from '../../src/wire/engine.ts';
import { contextOf, type Session } from './session.ts';

type Calls = Pick<EngineApi, 'clean' | 'previewClean' | 'variants' | 'checkExpression'>;

export function cleanCalls(session: Session): Calls {
  /** The table before the step that is being edited: the same for every keystroke in its form. */
  let before: { key: Hash; table: Table } | null = null;

  async function tableBehind(raw: Hash, clean: CleanSpec): Promise<Table> {
    const key = hashJson({ raw, clean });
    if (before?.key !== key) before = { key, table: clean.steps.length ? applyClean(clean, await session.table(raw), contextOf(await session.joined(clean)), { lenient: true }).table : await session.table(raw) };
    return before.table;
  }

  return {
    clean: (job, raw, clean, onProgress) =>
      session.jobs.during(job, async (running) => {
        const context = running.context(onProgress);
        const start = context.now();
        context.report({ stage: 'clean', done: null, text: `${clean.steps.length} steps` });
        await context.breathe();
        const { id, result } = await session.cleaned(raw, clean);
        const { table, outcomes, lineage } = result;
        const plain = Object.fromEntries(Object.entries(lineage).map(([column, from]) => [column, [...from]]));
        return { id, raw, clean, rows: table.rows, schema: table.columns.map(({ name, kind }) => ({ name, kind })), bytes: tableBytes(table), outcomes, lineage: plain, ms: context.now() - start };
      }),
    async previewClean(raw, clean, step) {
      const others = await session.joined({ version: 1, steps: [...clean.steps, step] });
      return previewClean(await tableBehind(raw, clean), step, contextOf(others));
    },
    variants: async (dataset, column) => variantGroups(getColumn(await session.table(dataset), column)),
    checkExpression: async (dataset, text, caret) => checkExpression(await session.table(dataset), text, caret),
  };
}
