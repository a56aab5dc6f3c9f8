import { Failure, type FailureCode } from '../../model/failure.ts';

const CODES: Readonly<Record<string, FailureCode>> = {
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  EAI_FAIL: 'dns',
  EAI_NODATA: 'dns',
  EAI_NONAME: 'dns',
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  EADDRNOTAVAIL: 'refused',
  ENOENT: 'refused',
  EACCES: 'refused',
  ECONNRESET: 'reset',
  ECONNABORTED: 'reset',
  EPIPE: 'reset',
  ETIMEDOUT: 'timeout',
  EPROTO: 'tls',
};

/** OpenSSL's verification results as Node names them: https://nodejs.org/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE_REASONS: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet (is this machine’s clock right?)',
  CERT_REVOKED: 'its certificate is revoked',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT: 'its certificate authority is not trusted here',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate authority is not trusted here',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is not trusted here',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

/** A Node error of one HTTP exchange as one sentence that names the host and what to do. */
export function networkFailure(system: string, host: string, error: unknown): Failure {
  if (error instanceof Failure) return error;
  const name = errorCode(error);
  const code = failureCode(name);
  return new Failure(system, code, sentence(code, host, name, error));
}

/** `code` of a Node error; of an attempt on several addresses, that of the first. */
function errorCode(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error instanceof AggregateError ? errorCode(error.errors[0]) : '';
}

function failureCode(name: string): FailureCode {
  if (name in CERTIFICATE_REASONS || /^(CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|CRL_|HOSTNAME_)/.test(name))
    return 'tls';
  if (name.startsWith('HPE_')) return 'unreadable';
  return CODES[name] ?? 'unknown';
}

function sentence(code: FailureCode, host: string, name: string, error: unknown): string {
  switch (code) {
    case 'dns':
      return `The host name ${host} is not found: check the address in the config, the network and the VPN.`;
    case 'refused':
      return `${host} refuses connections (${name}): check the address in the config, or whether the system is down.`;
    case 'reset':
      return `${host} closed the connection before the answer was complete.`;
    case 'timeout':
      return `${host} cannot be reached in time: check the network and the VPN.`;
    case 'tls':
      return `The connection to ${host} is not safe: ${CERTIFICATE_REASONS[name] ?? `TLS failed (${name})`}. If it is your own authority, name its file as ca_file.`;
    case 'unreadable':
      return `${host} does not answer in HTTP (${name}): check the address in the config.`;
    default:
      return `The request to ${host} failed: ${error instanceof Error ? error.message : String(error)}`;
  }
}
