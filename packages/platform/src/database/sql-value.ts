export type SqlScalar = string | number | bigint | boolean | Date | Buffer | null;

/** A value for `?` or `:name`; an array of rows fills `VALUES ?`, an array fills `IN (?)`. */
export type SqlValue = SqlScalar | readonly SqlScalar[] | readonly (readonly SqlScalar[])[];

export type SqlValues = readonly SqlValue[] | Readonly<Record<string, SqlValue>>;
