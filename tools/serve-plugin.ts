// Vite plugin: `virtual:serve` is the predict-only build of core as text: a minified script that declares `serve`, for
// the JS exporter to put beside a model. Its default export serves models of every kind, without cleaning steps; `runtimeFor(bundle)`
// loads what a bundle needs: nets alone, the usual kinds, all of them, or all with cleaning steps. Built with Vite's own bundler from src/core/pipeline/serve.ts, so what an
// export runs is the code that the app runs. Cached under node_modules/.cache by the hash of core's sources.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const id = 'virtual:serve';
/** What runtimeFor picks from beside the default: `leaves` are the kinds of models/ that the script is without, `cleans` = with core/clean's row steps. */
const parts: { readonly [name: string]: { readonly leaves: readonly string[]; readonly cleans: boolean } } = {
  usual: { leaves: ['net', 'neighbors', 'bayes', 'gaussian-process'], cleans: false },
  nets: { leaves: ['linear', 'dense', 'trees', 'neighbors', 'bayes', 'gaussian-process'], cleans: false },
  any: { leaves: [], cleans: false },
  cleaning: { leaves: [], cleans: true },
};
const usual = ['constant', 'linear', 'dense', 'trees'];
const replay = 'src/core/clean/replay-clean.ts';
const entry = 'src/core/pipeline/serve.ts';
/** What serve may reach: a change in any of these is another build. Learners are not among them, by the house rule. */
const rooms = ['base', 'table', 'profile', 'recipe', 'clean', 'contract', 'models', 'bundle', 'pipeline'];

export function servePlugin(root: string = process.cwd()): Plugin {
  return {
    name: 'barnacle-serve',
    enforce: 'pre',
    resolveId: (source) => (source === id || (source.startsWith(`${id}/`) && Object.hasOwn(parts, source.slice(id.length + 1))) ? `\0${source}` : null),
    async load(loaded) {
      if (loaded !== `\0${id}` && !loaded.startsWith(`\0${id}/`)) return null;
      for (const file of sources(root)) this.addWatchFile(file);
      const part = parts[loaded.slice(id.length + 2)];
      const text = `export default ${JSON.stringify(await buildServe(root, part?.cleans ?? false, part?.leaves))};`;
      if (part) return text;
      const load = (name: string) => `import('${id}/${name}')`;
      return `${text}
export const runtimeFor = async ({ model, clean }) => (await (clean ? ${load('cleaning')} : model.type === 'net' ? ${load('nets')} : ${JSON.stringify(usual)}.includes(model.type) ? ${load('usual')} : ${load('any')})).default;`;
    },
  };
}

function sources(root: string): string[] {
  return rooms.flatMap((room) => readdirSync(join(root, 'src/core', room), { recursive: true, encoding: 'utf8' }).filter((f) => f.endsWith('.ts')).sort().map((f) => join(root, 'src/core', room, f)));
}

/** The script's text, without the model kinds it `leaves` out; throws with the bundler's message, and when the build reaches a learner. */
export async function buildServe(root: string, cleans: boolean, leaves: readonly string[] = []): Promise<string> {
  const hash = createHash('sha256').update(`${String(cleans)} ${leaves.join(' ')}`).update(readFileSync(join(root, 'tools/serve-plugin.ts')));
  for (const file of sources(root)) hash.update(file.slice(root.length)).update(readFileSync(file));
  const cache = resolve(root, 'node_modules/.cache/barnacle-serve');
  const cached = join(cache, `${hash.digest('hex').slice(0, 24)}.js`);
  if (existsSync(cached)) return readFileSync(cached, 'utf8');
  const { build } = await import('vite');
  const mode = process.env.NODE_ENV;
  const made = await build({
    root,
    configFile: false,
    plugins: [servingOnly(), withoutKinds(root, leaves), ...(cleans ? [] : [withoutCleaning(root)])],
    logLevel: 'error',
    build: { write: false, minify: true, target: 'es2022', lib: { entry: join(root, entry), formats: ['iife'], name: 'serve' }, rollupOptions: { output: { exports: 'named' } } },
  });
  if (mode === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = mode;
  const outputs = (Array.isArray(made) ? made : [made]).flatMap((one) => ('output' in one ? one.output : []));
  const chunk = outputs.find((one) => one.type === 'chunk');
  if (!chunk || outputs.length !== 1) throw new Error(`virtual:serve: expected one chunk, got ${outputs.length} outputs`);
  const stray = Object.keys(chunk.modules).find((module) => !rooms.some((room) => module.startsWith(join(root, 'src/core', room))) && !module.startsWith('\0'));
  if (stray) throw new Error(`virtual:serve reaches ${stray}; it may hold nothing but ${rooms.join(', ')}`);
  mkdirSync(cache, { recursive: true });
  const fresh = `${cached}.${process.pid}`;
  writeFileSync(fresh, chunk.code);
  renameSync(fresh, cached);
  return chunk.code;
}

/** Bundles without cleaning never call replayClean: its steps and their expression language stay out. */
function withoutCleaning(root: string): Plugin {
  return {
    name: 'barnacle-without-cleaning',
    load: (module) => (module === join(root, replay) ? `export const replayClean = () => { throw new Error('this runtime repeats no cleaning; export the model anew'); };` : null),
  };
}

/** A kind that a bundle is not of is a name that cannot predict. */
function withoutKinds(root: string, kinds: readonly string[]): Plugin {
  const files = new Map(kinds.map((kind) => [join(root, `src/core/models/${kind}.ts`), kind]));
  return {
    name: 'barnacle-without-kinds',
    load(module) {
      const kind = files.get(module);
      return kind === undefined ? null : `export const ${kind.replace(/-./g, (part) => part[1].toUpperCase())} = { type: '${kind}', predict() { throw new Error('this runtime has no ${kind} models; export the model anew'); } };`;
    },
  };
}

/** Members of steps and model kinds that serving never calls or shows; what only they use is then shaken off. */
const unserved = { defineCleaner: ['describe', 'label', 'help'], defineStep: ['fit', 'describe', 'label', 'help'], defineModel: ['check', 'quantizable', 'trim', 'label'] } as const;

type Node = { type: string; start: number; end: number; [key: string]: unknown };

/** Cuts the unserved members out of `defineStep({...})`, `defineCleaner({...})` and `defineModel({...})` before the bundler shakes the tree. */
function servingOnly(): Plugin {
  return {
    name: 'barnacle-serving-only',
    enforce: 'post',
    transform(code, module) {
      if (!/\/core\/(recipe\/steps|clean\/steps|models)\//.test(module)) return null;
      const cuts: { start: number; end: number }[] = [];
      visit(this.parse(code) as unknown as Node, (node) => {
        const name = node.type === 'CallExpression' ? ((node.callee as Node).name as keyof typeof unserved) : null;
        const declared = (node.arguments as Node[] | undefined)?.[0];
        if (!name || !Object.hasOwn(unserved, name) || declared?.type !== 'ObjectExpression') return;
        const members = declared.properties as Node[];
        for (const [i, member] of members.entries()) {
          const key = (member.key as Node | undefined)?.name as string;
          if ((unserved[name] as readonly string[]).includes(key)) cuts.push({ start: member.start, end: members[i + 1]?.start ?? member.end });
        }
      });
      return cuts.sort((a, b) => b.start - a.start).reduce((text, cut) => text.slice(0, cut.start) + text.slice(cut.end), code);
    },
  };
}

function visit(node: Node, see: (node: Node) => void): void {
  see(node);
  for (const value of Object.values(node)) {
    for (const child of Array.isArray(value) ? value : [value]) if (child && typeof (child as Node).type === 'string') visit(child as Node, see);
  }
}
