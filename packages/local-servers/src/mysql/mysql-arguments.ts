import type { TlsFiles } from '../tls/tls-files.ts';
import type { MysqlInstallation } from './mysql-installation.ts';

export type Durability = 'full' | 'relaxed';

export interface MysqlSettings {
  serverId: number;
  port: number;
  /** Holds everything of this server. */
  folder: string;
  dataFolder: string;
  initFile: string;
  tls: TlsFiles;
  durability: Durability;
  /** Commits wait for a replica (up to a second). */
  semiSynchronous: boolean;
  runAsRoot: boolean;
}

function options(settings: Record<string, string | number>): string[] {
  return Object.entries(settings).map(([name, value]) => `--${name}=${value}`);
}

const small = {
  'performance-schema': 'OFF',
  'innodb-buffer-pool-size': '128M',
  'innodb-log-buffer-size': '8M',
  'innodb-redo-log-capacity': '64M',
  'innodb-data-file-path': 'ibdata1:12M:autoextend',
  'innodb-autoextend-increment': 8,
  'temptable-max-ram': '32M',
  'key-buffer-size': '1M',
  'table-open-cache': 800,
  'max-connections': 500,
  'host-cache-size': 0,
};

const behaviour = {
  'bind-address': '127.0.0.1',
  'secure-file-priv': 'NULL',
  'local-infile': 'OFF',
  'character-set-server': 'utf8mb4',
  'default-time-zone': '+00:00',
  'log-timestamps': 'UTC',
  'require-secure-transport': 'ON',
  'innodb-lock-wait-timeout': 3,
  // The commit's GTID travels with its answer, so that a reader can wait for it on a replica.
  'session-track-gtids': 'OWN_GTID',
};

const replication = {
  'log-bin': 'binlog',
  'relay-log': 'relay',
  'gtid-mode': 'ON',
  'enforce-gtid-consistency': 'ON',
  'log-replica-updates': 'ON',
  'relay-log-recovery': 'ON',
  'replica-parallel-workers': 4,
  'replica-preserve-commit-order': 'ON',
  'replica-net-timeout': 5,
  'binlog-expire-logs-seconds': 604_800,
  'max-binlog-size': '64M',
  'loose-log-bin-trust-function-creators': 'ON',
  'skip-replica-start': 'ON',
  // Whoever starts it decides by the primary file whether it may be written to.
  'super-read-only': 'ON',
};

function semiSync(active: boolean): string[] {
  const plugins = ['--plugin-load-add=semisync_source.so', '--plugin-load-add=semisync_replica.so'];
  return [
    ...plugins,
    ...options({
      'loose-rpl-semi-sync-source-enabled': active ? 'ON' : 'OFF',
      'loose-rpl-semi-sync-source-timeout': 1_000,
      'loose-rpl-semi-sync-source-wait-point': 'AFTER_SYNC',
      'loose-rpl-semi-sync-replica-enabled': 'ON',
    }),
  ];
}

function durability(level: Durability): string[] {
  return options(
    level === 'full'
      ? { 'innodb-flush-log-at-trx-commit': 1, 'sync-binlog': 1 }
      : { 'innodb-flush-log-at-trx-commit': 2, 'sync-binlog': 0 },
  );
}

function base(installation: MysqlInstallation, dataFolder: string, runAsRoot: boolean): string[] {
  const user = runAsRoot ? ['--user=root'] : [];
  return [
    ...installation.leading,
    '--no-defaults',
    ...installation.layout,
    ...user,
    `--datadir=${dataFolder}`,
    '--mysqlx=OFF',
  ];
}

/** How an empty data folder is made: no certificates and no binary log, so that copies of it can become anybody. */
export function initialiseArguments(installation: MysqlInstallation, dataFolder: string, runAsRoot: boolean): string[] {
  const fresh = { 'auto-generate-certs': 'OFF', 'caching-sha2-password-auto-generate-rsa-keys': 'OFF' };
  return [
    ...base(installation, dataFolder, runAsRoot),
    '--initialize-insecure',
    '--skip-log-bin',
    ...options({ ...small, ...fresh, 'secure-file-priv': 'NULL', 'innodb-redo-log-capacity': '16M' }),
  ];
}

export function serverArguments(installation: MysqlInstallation, settings: MysqlSettings): string[] {
  return [
    ...base(installation, settings.dataFolder, settings.runAsRoot),
    '--skip-name-resolve',
    ...options({
      port: settings.port,
      'server-id': settings.serverId,
      'report-port': settings.port,
      socket: 'mysql.sock',
      'pid-file': 'mysqld.pid',
      'init-file': settings.initFile,
      'ssl-ca': settings.tls.caFile,
      'ssl-cert': settings.tls.certificateFile,
      'ssl-key': settings.tls.keyFile,
      'auto-generate-certs': 'OFF',
      'caching-sha2-password-auto-generate-rsa-keys': 'OFF',
      ...small,
      ...behaviour,
      ...replication,
    }),
    ...semiSync(settings.semiSynchronous),
    ...durability(settings.durability),
  ];
}
