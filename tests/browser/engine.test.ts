// The whole road through real workers in Chromium, twice: isolated (shared memory) and not (copies). What is trained
// must be there after the browser was closed and opened again, and the page must never be held for long.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromiumPath, openProfile } from './chromium.ts';
import type { Harness } from './harness/main.ts';
import { buildHarness, serveHarness, type Served } from './serve.ts';

declare const harness: Harness;
if (!chromiumPath) console.warn('tests/browser: skipped, no Chromium on this machine');

beforeAll(async () => {
  if (chromiumPath) await buildHarness();
}, 120_000);

describe.skipIf(!chromiumPath).each([true, false])('engine, isolated %s', (isolated) => {
  let served: Served;
  let browser: BrowserContext;
  let page: Page;
  const errors: string[] = [];
  const profile = mkdtempSync(join(tmpdir(), 'barnacle-browser-'));
  async function open(): Promise<void> {
    browser = await openProfile(profile);
    page = await browser.newPage();
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(served.url);
    await page.waitForFunction(() => 'harness' in globalThis);
  }
  beforeAll(async () => {
    served = await serveHarness(isolated);
    await open();
  });
  afterAll(async () => {
    await browser?.close();
    await served?.close();
    rmSync(profile, { recursive: true, force: true });
  });

  test('probes the machine', async () => {
    const capability = await page.evaluate(() => harness.engine.probe());
    expect(capability).toMatchObject({ isolated, wasmSimd: true });
  });

  test('imports, profiles, suggests, previews, trains, serves and keeps Penguins', async () => {
    const result = await page.evaluate(async () => {
      const { engine } = harness;
      const file = await (await fetch('data/penguins.json')).blob();
      const stages = new Set<string>();
      const card = await engine.importFile('i', 'penguins.json', file, {}, (p) => stages.add(p.stage));
      const profile = await engine.profile('p', card.id, () => {});
      const { recipe, split } = await engine.suggest(card.id, 'Species', null);
      const preview = await engine.preview(card.id, recipe, split);
      const target = await engine.byTarget(card.id, 'Body Mass (g)', recipe);
      const catalog = await engine.catalog();
      const specs = ['baseline', 'linear', 'gbt'].map((type) => ({ data: card.id, recipe, split, learner: { type, params: {} }, metrics: catalog.ranking.multiclass, seed: 1 }));
      const runs = await engine.train('t', card.id, specs, (_run, p) => stages.add(p.stage), () => {});
      const kept = runs[2];
      const report = await engine.compress('c', kept.id, { bits: 8 });
      const importance = await engine.importance('m', kept.id, () => {});
      const contract = await engine.contract(report.bundle);
      const row = Object.fromEntries(contract.columns.map((c) => [c.name, c.example]));
      const tried = await engine.predictRows(report.bundle, [row]);
      const predicted = await engine.predictFile('f', report.bundle, 'penguins.json', file, () => {});
      const csv = await predicted.file.blob.text();
      const bundle = await engine.exportBundle(report.bundle, 'bundle');
      const again = await engine.importBundle('x', bundle.blob);
      const js = await engine.exportBundle(report.bundle, 'js');
      await engine.saveProject({ id: 'one', name: 'Penguins', dataset: card.id, recipe, split, runs: runs.map((r) => r.id), kept: kept.id, compress: report, pending: [], model: null, clean: null, cleaned: null, contract: null, tables: [], versions: [], dictionary: null, alerting: null, past: [], future: [], example: null, updatedAt: 1 });
      return { card, alerts: profile.alerts.length, preview, target, runs, report, importance: importance.importance, tried, csv: csv.split('\n').slice(0, 2), predictedRows: predicted.rows, again, js: { bytes: js.bytes, text: await js.blob.text() }, stages: [...stages] };
    });
    expect(result.card).toMatchObject({ rows: 344, name: 'penguins.json' });
    expect(result.preview.steps.every((step) => step.error === null)).toBe(true);
    expect(result.preview.after.columns.length).toBe(result.preview.features);
    expect(result.target.kind).toBe('classes');
    expect(result.runs.map((run) => [run.spec.learner.type, run.status, run.error])).toEqual([['baseline', 'done', null], ['linear', 'done', null], ['gbt', 'done', null]]);
    expect(result.runs[2].evaluation!.metrics['accuracy'].value).toBeGreaterThan(0.93);
    expect(result.report.bytes).toBeLessThan(result.report.bytesBefore);
    expect(result.importance!.length).toBeGreaterThan(3);
    expect(['Adelie', 'Chinstrap', 'Gentoo']).toContain(result.tried[0].prediction);
    expect(result.csv[0]).toContain('prediction');
    expect(result.predictedRows).toBe(344);
    expect(result.again.bundle).toBe(result.report.bundle);
    expect(result.js.text).toContain('export');
    expect(errors).toEqual([]);
  });

  test('finds everything again after the browser was closed', async () => {
    await browser.close();
    await open();
    const found = await page.evaluate(async () => {
      const { engine } = harness;
      const opened = await engine.openProject('one');
      const rows = await engine.page(opened.project.dataset!, 0, 3);
      const tried = await engine.predictRows(opened.project.compress!.bundle, [{}]);
      return { name: opened.project.name, card: opened.card, profile: opened.profile !== null, runs: opened.runs.map((r) => r.status), rows, tried };
    });
    expect(found).toMatchObject({ name: 'Penguins', profile: true, runs: ['done', 'done', 'done'] });
    expect(found.rows.cells[0][0]).toBe('Adelie');
    expect(found.tried[0].breaches.length).toBeGreaterThan(0);
  });

  test('explains the test rows of trees and a row by hand; a linear model says why it does not', async () => {
    const found = await page.evaluate(async () => {
      const { engine } = harness;
      const { runs, project } = await engine.openProject('one');
      const [linear, trees] = ['linear', 'gbt'].map((type) => runs.find((run) => run.spec.learner.type === type)!);
      const stages = new Set<string>();
      const whole = await engine.explainRun('e', trees.id, (p) => stages.add(p.stage));
      const contract = await engine.contract(project.compress!.bundle);
      const row = Object.fromEntries(contract.columns.map((c) => [c.name, c.example]));
      const [why, tried] = [await engine.explainRow(project.compress!.bundle, row), await engine.predictRows(project.compress!.bundle, [row])];
      return { whole, why, tried, stages: [...stages], none: await engine.explainRow(linear.bundle!, row), columns: await engine.treeColumns(trees.id), without: await engine.treeColumns(linear.id) };
    });
    expect(found.whole.outputs).toEqual(['Adelie', 'Chinstrap', 'Gentoo']);
    expect([found.whole.error < 1e-6, found.whole.rows, found.whole.columns[0].mean > 0.1]).toEqual([true, found.whole.testRows, true]);
    expect(found.stages).toContain('explain');
    const why = found.why.why!;
    expect(why.error).toBeLessThan(1e-6);
    expect(why.after[why.outputs.indexOf(String(found.tried[0].prediction))]).toBe(Math.max(...why.after));
    expect(found.none).toMatchObject({ why: null, reason: 'no-trees' });
    expect(found.columns![0].gain).toBeGreaterThan(0.2);
    expect(found.without).toBeNull();
    expect(errors).toEqual([]);
  });

  test('carries a whole project in one file', async () => {
    const carried = await page.evaluate(async () => {
      const { engine } = harness;
      const { blob } = await engine.exportProject('one');
      const record = await engine.importProject(blob);
      const broken = new Uint8Array(await blob.arrayBuffer());
      broken[broken.length >> 1] ^= 1;
      const refused = await engine.importProject(new Blob([broken])).catch((error: unknown) => (error as { code: string }).code);
      return { record, refused, projects: (await engine.projects()).length, bytes: blob.size };
    });
    expect(carried.record.id).not.toBe('one');
    expect(carried.refused).toBe('bad-file');
    expect(carried.projects).toBe(2);
  });
});
