/**
 * The `code` of every refusal that a business rule makes, with the sentence that people read.
 * Codes of the HTTP border itself (invalid-request, token-missing, …) are the platform's.
 */
export const problems = {
  'sold-out': 'Not enough pieces are left',
  'lock-not-acquired': 'Too many want this at once; try again',
  'request-in-progress': 'The same request is still being worked on',
  'idempotency-key-reused': 'The key was used before with another body',
  'insufficient-points': 'Not enough points',
  'product-not-found': 'No such product',
  'stock-too-low': 'Fewer pieces are left than are to be taken away',
  'order-not-found': 'No such order',
  'order-already-cancelled': 'The order was cancelled before',
  'snapshot-not-found': 'No bestsellers of that day',
  'email-taken': 'The e-mail address has an account',
  'credentials-invalid': 'E-mail or password is wrong',
  'too-many-attempts': 'Too many failed logins; wait before the next',
  'user-not-found': 'The account is gone',
  'refresh-token-invalid': 'The refresh token is unknown, expired or revoked',
  'refresh-token-reused': 'The refresh token was used before; the session is ended',
} as const;

export type ProblemCode = keyof typeof problems;
