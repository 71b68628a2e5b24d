export { checkout } from './checkout.ts';
export { dataFolderOf } from './config.ts';
export { type DataFolder, dataFolder } from './data-folder.ts';
export { type Bearer, type MintToken, tokenMinter } from './mint-tokens.ts';
export type { Platform, StartPlatform } from './platform/platform.ts';
export { startPlatform } from './platform/start-platform.ts';
export { gatewayRoutesOf } from './platform/topology.ts';
export { type PlatformRecord, type Ready, readPlatform } from './platform-record.ts';
export type { ServiceProcess } from './services/service-process.ts';
