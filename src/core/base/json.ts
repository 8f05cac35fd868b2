// The JSON values that may be stored, hashed and printed.
// Records that cross a thread or reach a file are type aliases over these, so that they are assignable to Json.
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A JSON object; keys are data, never code. */
export type JsonObject = { readonly [key: string]: Json };

/** Content hash: 32 lower-case hexadecimal digits (128 bits), see hash.ts. */
export type Hash = string;
