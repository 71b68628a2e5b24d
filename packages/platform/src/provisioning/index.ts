export { connectMysql, type MysqlServer } from './mysql-server.ts';
export { provisionReader } from './provision-reader.ts';
export { provisionSchema, type SchemaAccess } from './provision-schema.ts';
export { type ProvisionServer, provisionServer } from './provision-server.ts';
export type { DatabaseUser, ProvisionTarget } from './provision-target.ts';
export { longestSchemaName, longestUserName, plainName, usersOf } from './schema-names.ts';
