import { describe, expect, test } from '@jest/globals';
import { verifyPassword } from '@onsale/auth/passwords';
import { signupBody } from '@onsale/contracts';
import { DEMO_PASSWORD, DEMO_PASSWORD_HASH } from './demo-password.ts';
import { seedUser, USER_COUNT } from './seed-users.ts';

describe('seeded users', () => {
  test('are numbered from 00001', () => {
    expect(seedUser(1)).toEqual({ id: 'user-00001', email: 'user00001@onsale.test', name: '이서연' });
  });

  test('could all have signed up', () => {
    for (let number = 1; number <= USER_COUNT; number++) {
      const { id: _, ...user } = seedUser(number);
      expect(signupBody.parse({ ...user, password: DEMO_PASSWORD })).toMatchObject(user);
    }
  });

  test('log in with the demo password', async () => {
    expect(await verifyPassword(DEMO_PASSWORD, DEMO_PASSWORD_HASH)).toBe(true);
  });
});
