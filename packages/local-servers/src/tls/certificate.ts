import { type KeyObject, randomBytes, sign } from 'node:crypto';
import { bits, boolean, der, integer, octets, oid, pem, sequence, set, time, utf8 } from './der.ts';

export interface CertificateRequest {
  commonName: string;
  publicKey: KeyObject;
  issuer: { commonName: string; privateKey: KeyObject };
  notBefore: Date;
  notAfter: Date;
  /** An authority signs others; a server certificate carries the names it is reached by. */
  use: { kind: 'authority' } | { kind: 'server'; dnsNames: readonly string[]; ipv4: readonly string[] };
}

const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));
const name = (commonName: string) => sequence(set(sequence(oid('2.5.4.3'), utf8(commonName))));
const critical = (id: string, value: Uint8Array) => sequence(oid(id), boolean(true), octets(value));
const plain = (id: string, value: Uint8Array) => sequence(oid(id), octets(value));

function extensions(use: CertificateRequest['use']): Buffer[] {
  if (use.kind === 'authority') {
    const certificateAndListSigning = Buffer.from([0x03, 0x02, 0x01, 0x06]);
    return [critical('2.5.29.19', sequence(boolean(true))), critical('2.5.29.15', certificateAndListSigning)];
  }
  const dns = use.dnsNames.map((host) => der(0x82, Buffer.from(host)));
  const addresses = use.ipv4.map((address) => der(0x87, Buffer.from(address.split('.').map(Number))));
  return [
    critical('2.5.29.19', sequence()),
    plain('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
    plain('2.5.29.17', sequence(...dns, ...addresses)),
  ];
}

/** An X.509 version 3 certificate in PEM, signed with ECDSA and SHA-256 (RFC 5280). Keys are on P-256. */
export function issueCertificate(request: CertificateRequest): string {
  const serial = randomBytes(16);
  // The first bit clear keeps it positive, the next one set keeps its length.
  serial[0] = ((serial[0] ?? 0) & 0x3f) | 0x40;
  const content = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(serial),
    ecdsaWithSha256,
    name(request.issuer.commonName),
    sequence(time(request.notBefore), time(request.notAfter)),
    name(request.commonName),
    request.publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(...extensions(request.use))),
  );
  const signature = sign('sha256', content, request.issuer.privateKey);
  return pem('CERTIFICATE', sequence(content, ecdsaWithSha256, bits(signature)));
}
