export { claimDataFolder } from '../data-folder.ts';
export { type ReservedPorts, reservePorts, type WantedPort } from '../ports/reserve-ports.ts';
export { sendSignal } from './end-process.ts';
export { identify, isAlive, type ProcessIdentity } from './process-identity.ts';
export { type ProcessRecords, processRecords } from './process-records.ts';
export { waitUntil } from './wait-until.ts';
