import { z } from 'zod';
import { displayName, id } from '../fields.ts';

const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const newPassword = z.string().min(8).max(200);
const refreshToken = z.string().min(1).max(512);

/** What a token's bearer may do. */
export const role = z.enum(['user', 'admin']);

/** Body of POST /api/auth/signup. */
export const signupBody = z.strictObject({ email, password: newPassword, name: displayName.max(100) });

/** Answer to a signup. */
export const signedUp = z.object({ userId: id }).meta({ id: 'SignedUp' });

/** Body of POST /api/auth/login. A password of any form may be tried. */
export const loginBody = z.strictObject({ email, password: z.string().min(1).max(200) });

/** Body of POST /api/auth/refresh and /logout. */
export const refreshBody = z.strictObject({ refreshToken });

/** Answer to login and refresh; `expiresIn` is the access token's life in seconds. */
export const session = z
  .object({ userId: id, accessToken: z.string(), refreshToken, expiresIn: z.int().positive() })
  .meta({ id: 'Session' });

/** Answer to GET /api/auth/me. */
export const profile = z.object({ userId: id, email: z.string(), name: z.string(), role }).meta({ id: 'Profile' });

export type Role = z.infer<typeof role>;
export type Session = z.infer<typeof session>;
export type Profile = z.infer<typeof profile>;
