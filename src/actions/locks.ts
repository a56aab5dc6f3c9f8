/** One write at a time to each target: a key that is pressed twice sends once. */
export interface Locks {
  /** Gives the way to let go, or the target that is being written to already. */
  claim(targets: readonly string[]): { release(): void } | { busy: string };
}

export function openLocks(): Locks {
  const held = new Set<string>();
  return {
    claim(targets) {
      const busy = targets.find((target) => held.has(target));
      if (busy !== undefined) return { busy };
      for (const target of targets) held.add(target);
      let released = false;
      return {
        release() {
          if (released) return;
          released = true;
          for (const target of targets) held.delete(target);
        },
      };
    },
  };
}
