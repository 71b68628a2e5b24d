import { DEMO_PASSWORD, seedProducts, seedUser, USER_COUNT } from '@onsale/seed';
import type { Ready } from './platform-record.ts';

const json = "-H 'content-type: application/json'";
const bearer = '-H "authorization: Bearer $TOKEN"';
const key = (name: string) => `-H 'idempotency-key: ${name}'`;

/** What to paste into a shell, once the platform is ready. */
export function whatToTry({ url }: Ready, adminFile: string): string {
  const user = seedUser(1);
  const product = seedProducts()[0]?.id;
  const post = (path: string, body: object, ...headers: string[]) =>
    ['curl -s', `${url}${path}`, json, ...headers, `-d '${JSON.stringify(body)}'`].join(' ');
  const login = post('/api/auth/login', { email: user.email, password: DEMO_PASSWORD });
  return `
Ready: ${url}    API reference: ${url}/docs

Try:
  # the catalogue
  curl -s '${url}/api/products?limit=3'
  # an account of your own
  ${post('/api/auth/signup', { email: 'you@example.com', password: 'choose-a-good-one', name: 'You' })}
  # log in as one of the ${USER_COUNT.toLocaleString('en-US')} seeded users; all of them have the password ${DEMO_PASSWORD}
  TOKEN=$(${login} | sed 's/.*"accessToken":"\\([^"]*\\)".*/\\1/')
  # charge points, then buy; the same key again gives the same answer and no second effect
  ${post('/api/balance/charge', { userId: user.id, amount: 1_000_000 }, bearer, key('first-charge'))}
  ${post('/api/orders', { userId: user.id, items: [{ productId: product, quantity: 1 }] }, bearer, key('first-order'))}
  curl -s '${url}/api/orders?userId=${user.id}' ${bearer}
  # what sells, a moment after it was sold: today, and in the last three days
  curl -s '${url}/api/bestsellers/live'
  curl -s '${url}/api/products/popular'

The admin's e-mail and password are in ${adminFile}.
A whole sale with its audit, from another terminal: npm run sale
Ctrl-C ends everything; the data stays for the next start.
`;
}
