// CSV kernels in AssemblyScript: the twins of core/io/csv's tokenize and of the loops of column-state, for cells as they should be.
// Pointers are byte offsets into the memory that JavaScript lays out (../layout.ts). The window of text has 64 spare bytes on
// either side. Cells are as in core's Cells: i32 start and end (from the window's first byte) and a u8 flag, row-major; a column
// is a first address and a stride. What is odd (a stray quote, a ragged row, a cell of another kind) is left to the reference.
// The stub runtime allocates nothing here.
export { isAscii } from './ascii';
export { booleans } from './booleans';
export { narrow, narrowCodes, rangeOf, widenCodes } from './narrow';
export { numbers } from './numbers';
export { relink, strings } from './strings';
export { texts } from './texts';
export { times } from './times';
export { emptyAhead } from './words';
export { tokenize } from './tokenize';
