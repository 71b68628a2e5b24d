/** An archive that the machine's own apt uses. */
export interface AptSource {
  uri: string;
  suites: readonly string[];
  signedBy?: string;
}

/** One line of a classic sources.list: `deb [options] uri suite component…`. */
function parseLine(line: string): AptSource[] {
  const match = /^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)/.exec(line.trim());
  const [, options = '', uri, suite] = match ?? [];
  if (!uri || !suite) return [];
  const signedBy = /(?:^|\s)signed-by=(\S+)/i.exec(options)?.[1];
  return [{ uri, suites: [suite], ...(signedBy ? { signedBy } : {}) }];
}

/** A stanza of a deb822 file; a key embedded in the file itself is not taken over. */
function parseStanza(stanza: string): AptSource[] {
  const fields = new Map<string, string>();
  let field = '';
  for (const line of stanza.split('\n').filter((text) => !text.startsWith('#'))) {
    const [, name, value = ''] = /^([A-Za-z-]+):(.*)$/.exec(line) ?? [];
    if (name) field = name.toLowerCase();
    if (field) fields.set(field, `${fields.get(field) ?? ''} ${name ? value : line}`.trim());
  }
  const words = (name: string) => (fields.get(name) ?? '').split(/\s+/).filter(Boolean);
  if (!words('types').includes('deb') || /^no$/i.test(fields.get('enabled') ?? '')) return [];
  const signedBy = words('signed-by')[0];
  return words('uris').map((uri) => ({
    uri,
    suites: words('suites'),
    ...(signedBy?.startsWith('/') ? { signedBy } : {}),
  }));
}

export function parseAptSources(fileName: string, text: string): AptSource[] {
  return fileName.endsWith('.sources')
    ? text.split(/\n\s*\n/).flatMap(parseStanza)
    : text.split('\n').flatMap(parseLine);
}

/** The archive from which this release itself comes: the one that has the plain suite, not its updates or security fixes. */
export function mainArchive(sources: readonly AptSource[], codename: string): AptSource | undefined {
  return (
    sources.find(({ suites }) => suites.includes(codename)) ?? sources.find(({ suites }) => suites.includes('stable'))
  );
}
