import { expect, test } from '@jest/globals';
import { supportedVersion } from './mysql-installation.ts';

test.each([
  ['/usr/sbin/mysqld  Ver 8.0.42-0ubuntu0.24.04.1 for Linux on x86_64 ((Ubuntu))', '8.0.42'],
  ['/x/mysqld  Ver 9.7.4-2 for Linux on x86_64 ((Debian))', '9.7.4'],
  ['mysqld  Ver 5.7.44 for Linux on x86_64', undefined],
  ['mysqld  Ver 10.11.6-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64', undefined],
  ['no answer', undefined],
])('%s', (answer, version) => {
  expect(supportedVersion(answer)).toBe(version);
});
