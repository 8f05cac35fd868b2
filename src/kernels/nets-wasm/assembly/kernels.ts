// All kernels as exports, for tests and benches; the interpreter (index.ts) calls them itself.
export { activate, backActivate } from './activate';
export { drop } from './drop';
export { add, backScale, backShift, backSpread, copyColumns, least, most, scale, shift, spread, zero } from './lines';
export { loss } from './losses';
export { affine, backInput, backWeights, pack, packTransposed, packedFloats, panels, scratchFloats } from './matmul';
export { applyBatch, backBatch, backBatchPartials, backLayerNorm, batchPartials, inverseOf, joinBatch, layerNorm, moveRunning } from './norm';
export { adamw, addSlices, sgd, sumSquares } from './optimise';
export { PEAK_MADDS, peak } from './peak';
export { backPiecewise, piecewise } from './piecewise';
export { gather, scatter } from './tables';
export { backPbld, backPlr, encodingScratch, pbld, plr } from './waves';
