// The list of exporters.
import { makeRegistry } from '../../base/registry.ts';
import { bundle } from './bundle.ts';
import type { Exporter } from './exporter.ts';
import { js } from './js.ts';

export const exporters = makeRegistry<Exporter>('exporter', [bundle, js]);
