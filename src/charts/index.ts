// The list of charts by type, and the front page of this room. Import it lazily: it brings d3.
import { association } from './association.ts';
import { bars } from './bars.ts';
import { beeswarm } from './beeswarm.ts';
import { byTarget } from './by-target.ts';
import { calibration } from './calibration.ts';
import { columnBars } from './column-bars.ts';
import { confusion } from './confusion.ts';
import { histogram } from './histogram.ts';
import { importance } from './importance.ts';
import { intervalDot } from './interval-dot.ts';
import { intervals } from './intervals.ts';
import { layerWatch } from './layer-watch.ts';
import { lineageGraph } from './lineage-graph.ts';
import { linearPath } from './linear-path.ts';
import { loadings } from './loadings.ts';
import { lossCurve } from './loss-curve.ts';
import { miniHistogram } from './mini-histogram.ts';
import { missingness } from './missingness.ts';
import { pr } from './pr.ts';
import { predictedTruth } from './predicted-truth.ts';
import { rateRange } from './rate-range.ts';
import { residualHistogram } from './residual-histogram.ts';
import { roc } from './roc.ts';
import { scatter } from './scatter.ts';
import { scree } from './scree.ts';
import { seedSpread } from './seed-spread.ts';
import { sizeScore } from './size-score.ts';
import { thresholds } from './thresholds.ts';
import { waterfall } from './waterfall.ts';

export const charts = {
  association, bars, beeswarm, 'by-target': byTarget, calibration, 'column-bars': columnBars, confusion, histogram, importance, 'interval-dot': intervalDot, intervals, 'layer-watch': layerWatch, 'lineage-graph': lineageGraph, 'linear-path': linearPath, loadings, 'loss-curve': lossCurve,
  'mini-histogram': miniHistogram, missingness, pr, 'predicted-truth': predictedTruth, 'rate-range': rateRange, 'residual-histogram': residualHistogram, roc, scatter, scree, 'seed-spread': seedSpread, 'size-score': sizeScore, thresholds, waterfall,
} as const;

export type ChartType = keyof typeof charts;
export type { Chart, ChartOptions, ChartRows } from './chart.ts';
export { reach } from './reach.ts';
