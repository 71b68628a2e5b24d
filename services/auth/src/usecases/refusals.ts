import { ProblemError } from '@onsale/platform/http';

const unauthorized = (code: string, detail: string) => new ProblemError({ status: 401, code, detail });

/** The same words whether the e-mail or the password is wrong: who has an account is nobody's business. */
export const credentialsInvalid = () => unauthorized('credentials-invalid', 'E-mail or password is wrong');

export const refreshTokenInvalid = () =>
  unauthorized('refresh-token-invalid', 'The refresh token is unknown, expired or revoked');

export const refreshTokenReused = () =>
  unauthorized('refresh-token-reused', 'The refresh token was used before; the session is ended');

/** Too many failed logins of one account. */
export const tooManyAttempts = (retryAfterSeconds: number) =>
  new ProblemError({
    status: 429,
    code: 'too-many-attempts',
    detail: 'Too many failed logins of this account',
    retryAfterSeconds,
  });
