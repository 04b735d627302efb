import { X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { domainToASCII } from 'node:url';

/** What a browser may call the server: host names (ASCII) and IP addresses. */
export interface ServerNames {
  hosts: string[];
  addresses: string[];
}

/** This machine itself, always in the certificate: the demo's loading and a check at the server use it. */
const ITSELF: ServerNames = { hosts: ['localhost'], addresses: ['127.0.0.1', '::1'] };
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/**
 * Checks and normalises names given by a person; a Chinese host name becomes its ASCII form.
 * @throws Error that says which one is wrong
 */
export function readNames(hosts: readonly string[], addresses: readonly string[]): ServerNames {
  const names = hosts.map((given) => {
    const host = domainToASCII(given.trim());
    if (isIP(given) !== 0 || !host.split('.').every((label) => LABEL.test(label)))
      throw new Error(`not a host name: ${given}`);
    return host;
  });
  for (const address of addresses) if (isIP(address) === 0) throw new Error(`not an IP address: ${address}`);
  return { hosts: names, addresses: addresses.map(shortest) };
}

/** An IPv6 address has many spellings; certificates are read back in the longest. */
const shortest = (address: string): string =>
  isIP(address) === 6 ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;

/** The names in a certificate (PEM): for renewing it as it is. */
export function namesIn(pem: string): ServerNames {
  const entries = new X509Certificate(pem).subjectAltName?.split(', ') ?? [];
  const after = (prefix: string): string[] =>
    entries.filter((entry) => entry.startsWith(prefix)).map((entry) => entry.slice(prefix.length));
  return { hosts: after('DNS:'), addresses: after('IP Address:').map(shortest) };
}

/** What this machine is called and where it is reached, as it knows itself. */
export function machineNames(): ServerNames {
  const addresses = Object.values(networkInterfaces()).flatMap((cards) =>
    (cards ?? []).filter((card) => !card.internal && card.family === 'IPv4').map((card) => card.address),
  );
  const host = hostname().toLowerCase();
  return { hosts: host.split('.').every((label) => LABEL.test(label)) ? [host] : [], addresses };
}

/** The names with this machine's own, each once. */
export function withItself({ hosts, addresses }: ServerNames): ServerNames {
  return {
    hosts: [...new Set([...hosts, ...ITSELF.hosts])],
    addresses: [...new Set([...addresses, ...ITSELF.addresses])],
  };
}
