/** The caller broke a rule of this room; no retry can help, the code must change. */
export class ProgrammingError extends Error {
  override readonly name = 'ProgrammingError';
}
