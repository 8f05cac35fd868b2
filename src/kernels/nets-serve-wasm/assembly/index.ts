// Serving nets in AssemblyScript: the twin of core/models/net/score-rows.ts, with the same sums in the same order in doubles, so the
// same bits. Lines are doubles, `stride` bytes apart (their width filled up to 8); pointers are byte offsets of what ../plan-net.ts
// has laid out. What lies beyond a line's width is finite and never read as an input. Nothing is allocated here.
export { multiplyLines } from './multiply';
export { activateLines } from './activate';
export { encodeWaves } from './encode';
export { addLines, affineLines, normLines, scaleLines, shiftLines, spreadLines } from './lines';
