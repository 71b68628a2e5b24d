/**
 * An identifier as the owners' tables hold it: without this a join from a column of another character set
 * cannot use their keys.
 */
export const ascii = (expression: string): string => `CONVERT(${expression} USING ascii) COLLATE ascii_bin`;
