/** Who is calling, as the verified access token says. */
export interface Caller {
  readonly userId: string;
  readonly role: 'user' | 'admin';
}

/**
 * Turns an access token into its caller; without a promise when the token is remembered. Throws a ProblemError
 * `token-invalid` or `token-expired`, or a DomainError `keys-unavailable` when it cannot tell.
 */
export type VerifyToken = (token: string) => Caller | Promise<Caller>;
