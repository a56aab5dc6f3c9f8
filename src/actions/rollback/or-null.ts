import { Failure } from '../../model/failure.ts';

/** What is there, or null where it cannot be read. */
export async function orNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof Failure) return null;
    throw thrown;
  }
}
