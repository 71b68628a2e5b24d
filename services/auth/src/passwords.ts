export { hashPassword } from './passwords/hash-password.ts';
export { verifyPassword } from './passwords/verify-password.ts';
