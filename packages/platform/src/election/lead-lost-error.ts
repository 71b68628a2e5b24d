/** Whoever led leads no longer, by no wish of its own. */
export class LeadLostError extends Error {
  override readonly name = 'LeadLostError';
}
