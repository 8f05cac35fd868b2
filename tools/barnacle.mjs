// `npm run -s barnacle -- COMMAND ...`: builds the CLI when its sources are newer, then runs it in this process.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from './build.mjs';
import { ensurePackages, root } from './ensure.mjs';

ensurePackages();
build('cli');
process.env.BARNACLE_ROOT = root;
await import(pathToFileURL(join(root, 'dist/cli/main.js')).href);
