export type {
  DatabaseUser,
  LocalServer,
  LocalServers,
  LoginPorts,
  MysqlPair,
  Row,
  SchemaAccess,
} from './local-servers.ts';
export { StartError } from './start-error.ts';
export type { ServerPorts, StartOptions } from './start-options.ts';
export { startServers } from './start-servers.ts';
