import { type KeyObject, randomBytes } from 'node:crypto';
import forge from 'node-forge';

export interface CertificateRequest {
  commonName: string;
  publicKey: KeyObject;
  issuer: { commonName: string; privateKey: KeyObject };
  notBefore: Date;
  notAfter: Date;
  /** An authority signs others; a server certificate carries the names it is reached by. */
  use: { kind: 'authority' } | { kind: 'server'; dnsNames: readonly string[]; ipv4: readonly string[] };
}

// Of a subject's alternative names (RFC 5280, 4.2.1.6) these are DNS names and addresses.
const DNS_NAME = 2;
const IP_ADDRESS = 7;

function extensions(use: CertificateRequest['use']): object[] {
  if (use.kind === 'authority') {
    return [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ];
  }
  const altNames = [
    ...use.dnsNames.map((value) => ({ type: DNS_NAME, value })),
    ...use.ipv4.map((ip) => ({ type: IP_ADDRESS, ip })),
  ];
  return [
    { name: 'basicConstraints', cA: false, critical: true },
    { name: 'extKeyUsage', serverAuth: true },
    { name: 'subjectAltName', altNames },
  ];
}

/** An X.509 certificate in PEM, signed with RSA and SHA-256. */
export function issueCertificate(request: CertificateRequest): string {
  const certificate = forge.pki.createCertificate();
  // A first digit below 8 keeps the number positive.
  certificate.serialNumber = `4${randomBytes(16).toString('hex').slice(1)}`;
  certificate.publicKey = forge.pki.publicKeyFromPem(
    request.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  );
  certificate.setSubject([{ name: 'commonName', value: request.commonName }]);
  certificate.setIssuer([{ name: 'commonName', value: request.issuer.commonName }]);
  certificate.validity.notBefore = request.notBefore;
  certificate.validity.notAfter = request.notAfter;
  certificate.setExtensions(extensions(request.use));
  const key = forge.pki.privateKeyFromPem(
    request.issuer.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  );
  certificate.sign(key, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
