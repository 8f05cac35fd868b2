// Screenshots of every page in light and dark against a running preview: node tools/screenshots.mjs [port] [out] [example]
// Opens an example, waits until it is trained, keeps the best model, then walks the pages. Prints console errors, foreign
// requests and, with --axe, accessibility violations; exits 1 when there were any.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const given = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const flags = new Set(process.argv.slice(2).filter((arg) => arg.startsWith('--')));
const [port = '4173', out = '/tmp/shots', example = 'Penguins'] = given;
const base = `http://localhost:${port}/`;
const executablePath = process.env.CHROMIUM ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined);
const axe = flags.has('--axe') ? readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8') : null;
const stages = ['data', 'explore', 'features', 'train', 'evaluate', 'deploy', 'system'];
mkdirSync(out, { recursive: true });

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] });
const wrong = [];
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, colorScheme: 'light', bypassCSP: axe !== null });
const page = await context.newPage();
page.on('console', (message) => { if (message.type() === 'error') wrong.push(`console: ${message.text()}`); });
page.on('pageerror', (error) => wrong.push(`page: ${error.stack ?? error.message}`));
page.on('request', (request) => { if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(base)) wrong.push(`foreign request: ${request.url()}`); });
page.on('response', (response) => { if (response.status() >= 400) wrong.push(`${response.status()}: ${response.url()}`); });

async function shoot(name) {
  for (const scheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(250);
    await page.screenshot({ path: `${out}/${name}-${scheme}.png` });
    if (axe === null) continue;
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map((v) => `${v.id}: ${v.nodes.length} x ${v.nodes[0]?.target} ${v.nodes[0]?.any[0]?.message ?? v.help}`)));
    for (const line of found) wrong.push(`axe ${name} ${scheme}: ${line}`);
  }
}

const t0 = Date.now();
try {
  await page.goto(base);
  await page.getByRole('button', { name: example }).first().waitFor();
  await shoot('home');
  await page.getByRole('button', { name: example }).first().click();
  await page.waitForTimeout(600);
  await page.screenshot({ path: `${out}/opening.png` });
  await page.getByRole('heading', { level: 1, name: /lead|baseline/i }).waitFor({ timeout: 300_000 });
  await page.getByRole('button', { name: 'All trained' }).waitFor({ timeout: 300_000 });
  console.log(`trained after ${((Date.now() - t0) / 1000).toFixed(1)} s`);
  await page.getByRole('button', { name: 'Deploy', exact: true }).waitFor({ timeout: 10_000 }).catch(() => page.getByRole('button', { name: /^Keep .* as the model/ }).first().click());
  await page.getByRole('button', { name: 'Close this message' }).click({ timeout: 1000 }).catch(() => {});
  const project = new URL(page.url()).hash.split('/')[2];
  for (const stage of stages) {
    await page.goto(`${base}#/p/${project}/${stage}`);
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForTimeout(1200);
    if (stage === 'explore') {
      await page.getByRole('button', { name: /^Find structure/ }).click();
      await page.getByRole('button', { name: 'Found', exact: true }).waitFor({ timeout: 60_000 });
      await page.waitForTimeout(400);
    }
    await shoot(stage);
    if (flags.has('--full')) {
      await page.setViewportSize({ width: 1280, height: 2200 });
      await shoot(`${stage}-full`);
      await page.setViewportSize({ width: 1280, height: 800 });
    }
  }
  await page.keyboard.press('Control+k');
  await page.waitForTimeout(200);
  await shoot('palette');
  await page.keyboard.press('Escape');
  await page.setViewportSize({ width: 768, height: 900 });
  for (const stage of ['train', 'data', 'deploy']) {
    await page.goto(`${base}#/p/${project}/${stage}`);
    await page.waitForTimeout(700);
    await shoot(`${stage}-768`);
  }
} catch (error) {
  wrong.push(`script: ${error.message}`);
  await page.screenshot({ path: `${out}/failed.png` });
} finally {
  await browser.close();
}
for (const line of [...new Set(wrong)]) console.log(line);
console.log(`${wrong.length} things wrong, screenshots in ${out}`);
process.exit(wrong.length === 0 ? 0 : 1);
