// The shape of every chart: `type`, `defaults`, `draw`, then the same figures as rows and as a sentence.
// `draw` is pure given the document, so a chart renders in Node as in the page. Colours are classes c1..c8 that
// charts.css maps to the tokens; no style attributes, because the page's CSP forbids them.
// After Observable Plot's marks (defaults, then render with everything as arguments).

/** What every chart understands; lengths in CSS pixels. `label` replaces the computed aria label. */
export type ChartOptions = { width: number; height: number; label?: string };

/** The figures behind a chart, for the table view and the CSV; null = not known. */
export type ChartRows = { columns: string[]; cells: (string | number | null)[][] };

export interface Chart<Data, Options extends ChartOptions = ChartOptions> {
  readonly type: string;
  readonly defaults: Options;
  /** An SVG of options.width by the height that the data needs (options.height where it is free). Never throws on empty data. */
  draw(data: Data, options: Partial<Options>, document: Document): SVGSVGElement;
  rows(data: Data): ChartRows;
  /** One or two sentences: what is seen, with its figures. */
  summary(data: Data): string;
}

/** One positive class (or the only one) of a set of curves; colour = index of the class in sorted order. */
export const colour = (index: number): string => `c${(((index % 8) + 8) % 8) + 1}`;

export const defineChart = <Data, Options extends ChartOptions = ChartOptions>(chart: Chart<Data, Options>): Chart<Data, Options> => chart;
