import { isIP } from 'node:net';

/**
 * Which Host values a server on loopback answers. A page of another site can make its own name resolve to 127.0.0.1
 * and would then count as same-origin (DNS rebinding); its requests carry that name. An address literal or a
 * localhost name cannot be rebound, and a proxy on this machine sends the public name or the literal it connects to.
 *
 * On other interfaces the name is not checked: there a proxy may send any internal name, and the public URL is the
 * operator's to guard.
 */
export const createHostCheck = (bindHost: string, publicHostnames: readonly string[]) => {
  const own = new Set([bindHost.toLowerCase(), ...publicHostnames.map((name) => name.toLowerCase())]);
  return (hostHeader: string | undefined): boolean => {
    if (!isLoopback(bindHost)) return true;
    // HTTP/1.0 has no Host; no browser speaks it.
    if (hostHeader === undefined || hostHeader === '') return true;
    const name = hostHeader
      .toLowerCase()
      .replace(/:\d*$/, '')
      .replace(/^\[(.*)\]$/, '$1')
      .replace(/\.$/, '');
    return name === 'localhost' || name.endsWith('.localhost') || isIP(name) !== 0 || own.has(name);
  };
};

/** True for addresses that only this machine can reach. */
export const isLoopback = (address: string): boolean =>
  address === 'localhost' || address === '::1' || /^(::ffff:)?127\./.test(address);
