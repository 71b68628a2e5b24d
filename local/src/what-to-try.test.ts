import { expect, test } from '@jest/globals';
import { whatToTry } from './what-to-try.ts';

const ready = { url: 'http://127.0.0.1:8080', admin: { email: 'admin@onsale.test', password: 'never-shown' } };
const text = whatToTry(ready, '/data/admin.json');

test('what to try has whole commands, each on a line of its own', () => {
  const commands = text.split('\n').filter((line) => line.includes('curl'));
  expect(commands).toHaveLength(8);
  for (const command of commands) expect(command).toContain(ready.url);
});

test('what to try names the file with the admin, and not the password', () => {
  expect(text).toContain('/data/admin.json');
  expect(text).not.toContain(ready.admin.password);
});
