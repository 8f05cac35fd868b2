// Untrusted JSON -> a CleanSpec over every cleaner.
import type { Json } from '../base/json.ts';
import type { CleanSpec } from './clean.ts';
import { cleaners } from './index.ts';
import { parseSpec } from './parse-spec.ts';

/** Throws bad-param, unknown-type, newer-version. */
export const parseClean = (json: Json): CleanSpec => parseSpec(json, cleaners);
