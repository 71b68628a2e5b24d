import { expect, test } from '@jest/globals';
import { parseLinuxRelease } from './linux-release.ts';

test('the distribution and its code name, quoted or not', () => {
  const text = 'PRETTY_NAME="Debian GNU/Linux 12"\nVERSION_CODENAME=bookworm\nID=debian\nVERSION_ID="12"\n';
  expect(parseLinuxRelease(text)).toEqual({ id: 'debian', codename: 'bookworm' });
  expect(parseLinuxRelease('ID="ubuntu"\nVERSION_CODENAME="noble"')).toEqual({ id: 'ubuntu', codename: 'noble' });
  expect(parseLinuxRelease('')).toEqual({ id: '', codename: '' });
});
