/** The audit cannot run; the message is one line for the person at the terminal. */
export class AuditError extends Error {
  override name = 'AuditError';
}
