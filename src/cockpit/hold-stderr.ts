const MOST_KEPT = 64 * 1024;

/**
 * While the cockpit has the screen, nothing else may write on it: what libraries and Node itself print to standard
 * error (on the same terminal) is kept, and printed once the screen is given back. Returns how to end it.
 */
export function holdStderr(stderr: NodeJS.WriteStream): () => void {
  if (!stderr.isTTY) return () => undefined;
  const write = stderr.write;
  let kept = '';
  stderr.write = (chunk: string | Uint8Array, ...rest: unknown[]): boolean => {
    kept = (kept + (typeof chunk === 'string' ? chunk : new TextDecoder().decode(chunk))).slice(-MOST_KEPT);
    const done = rest.find((each) => typeof each === 'function');
    if (typeof done === 'function') queueMicrotask(() => done());
    return true;
  };
  return () => {
    stderr.write = write;
    if (kept !== '') stderr.write(kept);
  };
}
