export { type LockedAccount, lockAccounts } from './persistence/lock-accounts.ts';
export { type NewEntry, type PostedAccount, postEntries } from './persistence/post-entries.ts';
export { rememberBalances } from './persistence/remembered-balance.ts';
