// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const NOT_IN_HOST = /['`"$\\;&<>|(){},\s\u0000-\u001f\u007f]/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const NOT_IN_USER = /['`";&<>|(){}\u0000-\u001f\u007f]|\s-|\\$/;

/** OpenSSH's own rule for a host on its command line (`valid_hostname` in its ssh.c and misc.c, 9.6 and later). */
export function isHostName(name: string): boolean {
  return name !== '' && !name.startsWith('-') && !NOT_IN_HOST.test(name);
}

/** OpenSSH's own rule for a user on its command line (`valid_ruser`). */
export function isUserName(name: string): boolean {
  return name !== '' && !name.startsWith('-') && !NOT_IN_USER.test(name);
}

/** What `ssh -J` takes: `[user@]host[:port]`, several separated by commas. */
export function isJump(jump: string): boolean {
  return jump.split(',').every((hop) => {
    const at = hop.lastIndexOf('@');
    const user = at < 0 ? null : hop.slice(0, at);
    return (user === null || isUserName(user)) && isHostName(hop.slice(at + 1));
  });
}
