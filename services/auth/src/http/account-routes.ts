import { profile, signedUp, signupBody } from '@onsale/contracts';
import { type AnyRoute, created, ok, route } from '@onsale/platform/http';
import { readProfile } from '../usecases/read-profile.ts';
import { type SignUpPorts, signUp } from '../usecases/sign-up.ts';

/** Making an account, and reading one's own. */
export function accountRoutes(ports: SignUpPorts): AnyRoute[] {
  return [
    route({
      method: 'post',
      path: '/api/auth/signup',
      summary: 'Make an account',
      tag: 'auth',
      access: 'anyone',
      body: signupBody,
      responses: { 201: { description: 'The account', schema: signedUp } },
      problems: ['email-taken', 'overloaded'],
      handle: async ({ body, signal }) =>
        created('/api/auth/me', await signUp(ports, { ...body, role: 'user' }, signal)),
    }),
    route({
      method: 'get',
      path: '/api/auth/me',
      summary: 'Who the access token speaks for',
      tag: 'auth',
      access: 'user',
      responses: { 200: { description: 'The user', schema: profile } },
      problems: ['user-not-found'],
      handle: async ({ caller }) => ok(await readProfile(ports.database, caller.userId)),
    }),
  ];
}
