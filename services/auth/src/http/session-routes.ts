import { loginBody, refreshBody, session } from '@onsale/contracts';
import { type AnyRoute, noContent, ok, route } from '@onsale/platform/http';
import { type LogInPorts, logIn } from '../usecases/log-in.ts';
import { logOut } from '../usecases/log-out.ts';
import { refreshSession } from '../usecases/refresh-session.ts';

/** Opening, continuing and ending a session. */
export function sessionRoutes(ports: LogInPorts): AnyRoute[] {
  return [
    route({
      method: 'post',
      path: '/api/auth/login',
      summary: 'Open a session',
      tag: 'auth',
      access: 'anyone',
      body: loginBody,
      responses: { 200: { description: 'The session', schema: session } },
      problems: ['credentials-invalid', 'too-many-attempts', 'overloaded'],
      handle: async ({ body, signal }) => ok(await logIn(ports, body, signal)),
    }),
    route({
      method: 'post',
      path: '/api/auth/refresh',
      summary: 'Exchange a refresh token for a new access token and the next refresh token',
      tag: 'auth',
      access: 'anyone',
      body: refreshBody,
      responses: { 200: { description: 'The session, continued', schema: session } },
      problems: ['refresh-token-invalid', 'refresh-token-reused'],
      handle: async ({ body }) => ok(await refreshSession(ports, body.refreshToken)),
    }),
    route({
      method: 'post',
      path: '/api/auth/logout',
      summary: 'End the session of a refresh token',
      tag: 'auth',
      access: 'anyone',
      body: refreshBody,
      responses: { 204: { description: 'The session is over, or was not there' } },
      problems: [],
      async handle({ body }) {
        await logOut(ports, body.refreshToken);
        return noContent();
      },
    }),
  ];
}
