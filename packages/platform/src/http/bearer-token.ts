import { ProblemError } from './problem-error.ts';

const LONGEST_TOKEN = 4_096;
const bearer = /^Bearer +([\w.~+/-]+=*)$/i;

/**
 * The access token of an Authorization header (RFC 6750).
 * @throws ProblemError 401 `token-missing` or `token-invalid`
 */
export function bearerToken(authorization: string | undefined): string {
  if (authorization === undefined) {
    throw unauthorized('token-missing', 'This route needs an access token: Authorization: Bearer …');
  }
  const token = bearer.exec(authorization)?.[1];
  if (token === undefined || token.length > LONGEST_TOKEN) {
    throw unauthorized('token-invalid', 'The Authorization header holds no access token.');
  }
  return token;
}

/** A 401 with the challenge RFC 6750 asks for. */
export function unauthorized(code: 'token-missing' | 'token-invalid' | 'token-expired', detail: string): ProblemError {
  const challenge = code === 'token-missing' ? 'Bearer' : `Bearer error="invalid_token", error_description="${code}"`;
  return new ProblemError({ status: 401, code, detail, headers: { 'WWW-Authenticate': challenge } });
}
