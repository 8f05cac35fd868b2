// Builds and serves the page of bench tree-bits.
import { defineConfig } from 'vite';
import { benchPage } from '../bench-page.ts';

export default defineConfig(benchPage(import.meta.dirname));
