// What a chart file exports, as parts/chart.svelte mounts it: `draw` is pure (data, options, document) -> SVG element.
// `options` is always `{...defaults, ...given, width}`: the part measures its box and redraws when the width changes.
export interface ChartType<Data, Options extends object> {
  readonly type: string;
  readonly defaults: Options;
  draw(data: Data, options: Options, document: Document): SVGElement;
  /** The figures, when the page gives none. */
  rows?(data: Data): ChartRows;
}

/** The table view and CSV of a chart: the figures that it draws. */
export type ChartRows = { columns: string[]; cells: (string | number | null)[][] };
