// Vite plugin: copies the built-in examples from the npm package vega-datasets into the build (and serves them in
// development) under examples/, with index.json, the list that the home page reads.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

const data = resolve('node_modules/vega-datasets/data');

/** One built-in example: a file, the question asked of it, and the learners that one click trains (a net on three
 * million rows would keep a laptop for many minutes, so Flights leaves it to the person). */
export const examples = [
  { id: 'penguins', title: 'Penguins', text: 'Which species is it, from beak, flipper and weight? Three classes, a few missing values.', file: 'penguins.json', rows: 344, target: 'Species', above: null, split: null, learners: ['baseline', 'linear', 'gbt', 'mlp'] },
  { id: 'seattle-weather', title: 'Seattle weather', text: 'What weather will the day bring? Four years in order, so the past trains and the future tests.', file: 'seattle-weather.csv', rows: 1461, target: 'weather', above: null, split: 'time:date', learners: ['baseline', 'linear', 'gbt', 'mlp'] },
  { id: 'birdstrikes', title: 'Bird strikes', text: 'How much damage does a strike do? Mixed types, spellings, costs over five orders.', file: 'birdstrikes.csv', rows: 10000, target: 'Effect Amount of damage', above: null, split: null, learners: ['baseline', 'linear', 'gbt', 'mlp'] },
  { id: 'flights-3m', title: 'Late flights', text: 'Is a flight more than 15 minutes late? Three million rows of Parquet, split by time, all in this tab.', file: 'flights-3m.parquet', rows: 3000000, target: 'delay', above: 15, split: 'time:date', learners: ['baseline', 'linear', 'gbt'] },
] as const;

export function examplesPlugin(): Plugin {
  return {
    name: 'barnacle-examples',
    configureServer(server) {
      server.middlewares.use('/examples', (request, response, next) => {
        const name = (request.url ?? '').split('?')[0].slice(1);
        if (name === 'index.json') return void response.setHeader('Content-Type', 'application/json').end(JSON.stringify(examples));
        if (!examples.some((e) => e.file === name)) return next();
        response.end(readFileSync(join(data, name)));
      });
    },
    writeBundle(options) {
      const out = join(options.dir ?? 'dist/app', 'examples');
      mkdirSync(out, { recursive: true });
      for (const { file } of examples) copyFileSync(join(data, file), join(out, file));
      writeFileSync(join(out, 'index.json'), JSON.stringify(examples));
    },
  };
}
