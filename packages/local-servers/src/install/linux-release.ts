import { readFileSync } from 'node:fs';

export interface LinuxRelease {
  id: string;
  codename: string;
}

/** The distribution by /etc/os-release; empty where there is none. */
export function parseLinuxRelease(text: string): LinuxRelease {
  const value = (name: string) => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(text)?.[1] ?? '';
  return { id: value('ID'), codename: value('VERSION_CODENAME') };
}

export function linuxRelease(): LinuxRelease {
  try {
    return parseLinuxRelease(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return { id: '', codename: '' };
  }
}
