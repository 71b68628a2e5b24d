import { describe, expect, test } from '@jest/globals';
import { mainArchive, parseAptSources } from './apt-sources.ts';

const deb822 = `# the archive
Types: deb deb-src
URIs: http://archive.example/debian
# between
Suites: bookworm bookworm-updates
Components: main
Signed-By: /usr/share/keyrings/archive.gpg

Types: deb
URIs: http://archive.example/debian-security
Suites: bookworm-security
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 abc

Enabled: no
Types: deb
URIs: http://archive.example/off
Suites: bookworm
Components: main
`;

describe('apt sources', () => {
  test('deb822: stanzas, several words, comments, embedded keys, switched off', () => {
    expect(parseAptSources('debian.sources', deb822)).toEqual([
      {
        uri: 'http://archive.example/debian',
        suites: ['bookworm', 'bookworm-updates'],
        signedBy: '/usr/share/keyrings/archive.gpg',
      },
      { uri: 'http://archive.example/debian-security', suites: ['bookworm-security'] },
    ]);
  });

  test('classic lines: options, comments, source packages', () => {
    const text = `# deb http://archive.example/commented bookworm main
deb [arch=amd64 signed-by=/etc/key.gpg] https://archive.example/debian bookworm main contrib
deb-src http://archive.example/debian bookworm main
deb http://archive.example/other stable main`;
    expect(parseAptSources('sources.list', text)).toEqual([
      { uri: 'https://archive.example/debian', suites: ['bookworm'], signedBy: '/etc/key.gpg' },
      { uri: 'http://archive.example/other', suites: ['stable'] },
    ]);
  });

  test('the main archive is the one with the plain suite', () => {
    const sources = parseAptSources('debian.sources', deb822).toReversed();
    expect(mainArchive(sources, 'bookworm')?.uri).toBe('http://archive.example/debian');
    expect(mainArchive([{ uri: 'http://vendor.example', suites: ['./'] }], 'bookworm')).toBeUndefined();
  });
});
