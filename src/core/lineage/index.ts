// The front page of lineage: the graph of columns, the difference of two datasets, the data dictionary.
export { diffDatasets, type DatasetDiff, type Side } from './diff-datasets.ts';
export { dictionaryJson } from './dictionary-json.ts';
export { dictionaryMarkdown } from './dictionary-markdown.ts';
export { follow, lineageOf, type LineageInput, type StepWords } from './lineage-of.ts';
export { parseDictionary, readDictionary } from './parse-dictionary.ts';
