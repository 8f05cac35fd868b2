// Screenshots of the Data page with a messy file, in light and dark, at 1280 and 768 wide, against a running preview:
// node tools/screenshots-data.mjs [port] [out] [--axe] [--light]. Prints console errors and, with --axe, violations.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';

const given = process.argv.slice(2).filter((arg) => !arg.startsWith('--'));
const flags = new Set(process.argv.slice(2).filter((arg) => arg.startsWith('--')));
const [port = '4190', out = '/tmp/shots-data', only = ''] = given;
const base = `http://localhost:${port}/`;
const executablePath = process.env.CHROMIUM ?? (existsSync('/usr/bin/chromium') ? '/usr/bin/chromium' : undefined);
const axe = flags.has('--axe') ? readFileSync(new URL('../node_modules/axe-core/axe.min.js', import.meta.url), 'utf8') : null;
mkdirSync(out, { recursive: true });

let state = 7;
const draw = (n) => { state = (Math.imul(state, 1103515245) + 12345) >>> 0; return (state >>> 12) % n; };
const pick = (list) => list[draw(list.length)];
function messy(rows) {
  const lines = ['Export of 3 March;;;;;;;;', 'id;city;joined;price;weight;grade;paid;comment;mail'];
  for (let i = 0; i < rows; i++) {
    const city = pick(['Paris', 'Paris', 'Paris', 'paris', 'Lyon', 'Lyon ', 'Marseille', 'Marseile', 'Saint-Étienne', 'Saint-Etienne', 'N/A']);
    const joined = `${1 + draw(12)}/${1 + draw(12)}/20${10 + draw(14)}`;
    const price = draw(200) === 0 ? 'n/a' : `${draw(9)}.${String(draw(1000)).padStart(3, '0')},${draw(10)}${draw(10)}`;
    const weight = draw(40) === 0 ? '' : `${(10 + draw(900) / 10).toFixed(1)} kg`;
    const grade = draw(60) === 0 ? '999' : String(1 + draw(10));
    lines.push([i + 1, city, joined, price, weight, grade, draw(3) === 0 ? 'no' : 'yes', pick(['', 'fine', 'late; but "ok"', 'called twice about the invoice']), `user${i}@example.org`].map((cell) => (/[;"]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell)).join(';'));
    if (draw(90) === 0) lines.push('total;12');
  }
  return lines.join('\n');
}

const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'] });
const wrong = [];
const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, colorScheme: 'light', bypassCSP: axe !== null });
const page = await context.newPage();
page.setDefaultTimeout(6_000);
page.on('console', (message) => { if (message.type() === 'error') wrong.push(`console: ${message.text()}`); });
page.on('pageerror', (error) => wrong.push(`page: ${error.stack ?? error.message}`));

async function shoot(name) {
  for (const scheme of flags.has('--light') ? ['light'] : ['light', 'dark']) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.waitForTimeout(250);
    await page.screenshot({ path: `${out}/${name}-${scheme}.png` });
    if (axe === null) continue;
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ['violations'] }).then((result) => result.violations.map((v) => `${v.id}: ${v.nodes.length} x ${v.nodes[0]?.target} ${v.nodes[0]?.any[0]?.message ?? v.help}`)));
    for (const line of found) wrong.push(`axe ${name} ${scheme}: ${line}`);
  }
}
async function part(name, work) {
  if (only !== '' && !name.includes(only) && name !== 'open') return;
  try {
    await work();
    await page.waitForTimeout(500);
    await shoot(name);
  } catch (error) {
    wrong.push(`${name}: ${error.message.split('\n')[0]}`);
    await page.screenshot({ path: `${out}/${name}-failed.png` });
    if (name === 'open') { console.log(wrong.join('\n')); process.exit(1); }
  }
}
const tab = (name) => page.getByRole('tab', { name: new RegExp(`^${name}`) }).click();
const columnMenu = async (column, item) => {
  await page.getByRole('button', { name: `Column ${column}`, exact: true }).click();
  if (item) await page.getByRole('menuitem', { name: item, exact: true }).click();
};
const escape = async () => { await page.keyboard.press('Escape'); await page.waitForTimeout(200); };

await page.goto(base);
await part('home', () => page.getByRole('button', { name: /^Penguins/ }).waitFor());
await part('home-paste', () => page.getByRole('button', { name: 'Paste a table' }).click());
await escape();
await page.locator('input[type=file][aria-label="Open a file"]').setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(messy(3000)) });
await part('open', () => page.getByRole('heading', { level: 1, name: /rows, \d+ columns/ }).waitFor());
await part('target', async () => { await page.getByRole('combobox', { name: 'What should be predicted?' }).click(); await page.getByRole('option', { name: /^paid/ }).click(); });
await part('table-menu', () => columnMenu('city'));
await escape();
await part('table-kind', () => page.getByRole('button', { name: /^price is .*why$/ }).click());
await escape();
await part('table-cell', async () => { const grid = page.getByRole('grid'); await grid.focus(); for (const key of ['ArrowDown', 'ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key); });
await escape();
await part('table-step', () => columnMenu('city', 'Merge spellings'));
await escape();
await part('import', () => tab('Import'));
await part('clean-empty', () => tab('Clean'));
await part('clean-step', async () => { await page.getByRole('button', { name: /^Trim/ }).click(); await page.waitForTimeout(900); await page.keyboard.press('Control+Enter'); await page.waitForTimeout(800); await page.getByRole('button', { name: /^Merge variants/ }).click(); await page.getByLabel('city', { exact: true }).check(); await page.waitForTimeout(800); });
await part('clean-apply', async () => { await page.getByRole('button', { name: 'Add the step' }).click(); await page.waitForTimeout(800); await page.getByRole('button', { name: /^Filter/ }).click(); await page.getByRole('textbox', { name: 'Rows where' }).pressSequentially('gra', { delay: 30 }); await page.waitForTimeout(600); });
await part('clean-filter', async () => { await page.keyboard.press('Enter'); await page.keyboard.type(' < 900 and cit', { delay: 30 }); await page.waitForTimeout(600); await page.keyboard.press('Enter'); await page.keyboard.type(' != '); await page.waitForTimeout(700); });
await part('clean-filter-good', async () => { await page.keyboard.type('"Paris"'); await page.waitForTimeout(900); });
await part('alerts', async () => { await tab('Alerts'); await escape(); await page.waitForTimeout(500); });
await part('suspects', async () => { await page.getByRole('button', { name: 'Look for wrong cells' }).click(); await page.getByRole('heading', { name: /cells? looks? wrong|No cell looks wrong/ }).waitFor(); });
await part('labels', async () => { await page.getByRole('button', { name: 'Look for wrong labels' }).click(); await page.getByRole('dialog').waitFor({ timeout: 60_000 }); });
await escape();
await part('save', () => page.getByRole('button', { name: 'Save the data' }).click());
await escape();
for (const name of ['Contract', 'Dictionary', 'Versions']) await part(name.toLowerCase(), () => tab(name));
await page.setViewportSize({ width: 768, height: 900 });
for (const name of ['Table', 'Import', 'Clean', 'Alerts']) await part(`${name.toLowerCase()}-768`, () => tab(name));
await browser.close();
for (const line of [...new Set(wrong)]) console.log(line);
console.log(`${wrong.length} things wrong, screenshots in ${out}`);
process.exit(wrong.length === 0 ? 0 : 1);
