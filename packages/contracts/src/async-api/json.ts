/** A JSON object as a document holds it. */
export type Json = { readonly [field: string]: unknown };
