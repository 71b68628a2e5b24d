/** Every seeded user logs in with this; the platform that has them is for this machine alone. */
export const DEMO_PASSWORD = 'onsale-demo';

/** Its hash, made once: hashing is meant to be slow, and ten thousand times slow is half an hour. */
export const DEMO_PASSWORD_HASH = 'scrypt$32768$8$3$i-nSnQdJQlFqaz6cnsGeHA$8pT4taRtCBPxYyGEaFqSdCFEH7_1s2gZ8N_lWxJBzl8';
