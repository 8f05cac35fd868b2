/** A WASM kernel: `import { bytes } from './assembly/index.ts?kernel'` compiles the AssemblyScript source at build time. */
declare module '*?kernel' {
  export const bytes: Uint8Array<ArrayBuffer>;
}
/** The same sources compiled for memory that threads share. */
declare module '*?kernel-shared' {
  export const bytes: Uint8Array<ArrayBuffer>;
}
/** The same with relaxed SIMD, for engines that have it. */
declare module '*?kernel-relaxed' {
  export const bytes: Uint8Array<ArrayBuffer>;
}
declare module '*?kernel-shared-relaxed' {
  export const bytes: Uint8Array<ArrayBuffer>;
}
/** The predict-only build of core as the text of one ES module: what the JS exporter puts beside the model. */
declare module 'virtual:serve' {
  const source: string;
  /** For models of every kind, without cleaning steps. */
  export default source;
  /** The one that this bundle needs. */
  export const runtimeFor: (bundle: { readonly clean?: unknown; readonly model: { readonly type: string } }) => Promise<string>;
}
declare const __VERSION__: string;
