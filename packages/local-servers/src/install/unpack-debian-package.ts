import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { runCommand } from '../processes/run-command.ts';
import { StartError } from '../start-error.ts';
import { apt, withApt } from './apt-install.ts';
import { type AptSource, mainArchive, parseAptSources } from './apt-sources.ts';
import { filesEndingWith } from './cached-folder.ts';
import type { InstallContext } from './install-context.ts';

async function machineSources(): Promise<AptSource[]> {
  const folder = '/etc/apt/sources.list.d';
  const parts = await readdir(folder).catch(() => []);
  const files = [
    '/etc/apt/sources.list',
    ...parts.filter((part) => /\.(list|sources)$/.test(part)).map((part) => join(folder, part)),
  ];
  const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
  return texts.flatMap((text, index) => parseAptSources(files[index] ?? '', text));
}

/** Options that make apt a stranger to the machine: lists, cache and what counts as installed are the private folder's. */
function privateApt(folder: string): string[] {
  const settings = {
    'Dir::State': join(folder, 'state'),
    'Dir::State::status': join(folder, 'status'),
    'Dir::Cache': join(folder, 'cache'),
    'Dir::Etc::SourceList': join(folder, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::Etc::Preferences': '/dev/null',
    'Dir::Etc::PreferencesParts': '/dev/null',
    'Debug::NoLocking': 'true',
    'APT::Sandbox::User': 'root',
    'Acquire::Languages': 'none',
    'Acquire::IndexTargets::deb::DEP-11::DefaultEnabled': 'false',
    'Acquire::Retries': '3',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/**
 * Unpacks a package of Debian's unstable suite with all its libraries into `target`, without root and without touching
 * the machine's own packages. The archive is the one that the machine itself installs from.
 */
export async function unpackDebianPackage(
  wanted: { package: string; codename: string; skip: RegExp },
  target: string,
  context: InstallContext,
): Promise<void> {
  const archive = mainArchive(await machineSources(), wanted.codename);
  if (!archive) throw new StartError(`no Debian archive was found in /etc/apt from which to fetch ${wanted.package}`);
  const folder = `${target}-download`;
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, 'state/lists/partial'), { recursive: true });
  await mkdir(join(folder, 'cache/archives/partial'), { recursive: true });
  await writeFile(join(folder, 'status'), '');
  const signedBy = archive.signedBy ? ` [signed-by=${archive.signedBy}]` : '';
  await writeFile(join(folder, 'sources.list'), `deb${signedBy} ${archive.uri} sid main\n`);
  try {
    await withApt(context, async () => {
      await apt('apt-get', [...privateApt(folder), 'update'], context);
      const install = ['install', '--download-only', '-y', '--no-install-recommends', wanted.package];
      await apt('apt-get', [...privateApt(folder), ...install], context);
    });
    const archives = await filesEndingWith(join(folder, 'cache/archives'), '.deb');
    for (const file of archives.filter((path) => !wanted.skip.test(basename(path)))) {
      await runCommand('dpkg', ['-x', file, target], { timeoutMs: 60_000, signal: context.signal });
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
