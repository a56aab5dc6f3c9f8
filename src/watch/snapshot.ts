import { readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { replaceOwnFile } from '../config/own-file.ts';
import { shortKey } from '../config/short-key.ts';
import type { Deploy } from '../model/deploy.ts';
import { Failure, type FailureCode } from '../model/failure.ts';
import type { Incident, OnCall, Person } from '../model/incident.ts';
import type { Instant } from '../model/instant.ts';
import type { Reading } from '../model/reading.ts';
import { safeText } from '../model/safe-text.ts';
import type { SystemHealth } from '../model/system-health.ts';

/** What was known when it was last written, by the cockpit or by `status`; each part with its own age. */
export interface Snapshot {
  readonly practice: boolean;
  readonly incidents: Reading<readonly Incident[]>;
  readonly onCall: Reading<readonly OnCall[]>;
  readonly me: Person | null;
  readonly deploys: readonly DeploysReading[];
  readonly systems: readonly SystemHealth[];
}

export interface DeploysReading {
  readonly service: string;
  readonly environment: string;
  readonly reading: Reading<readonly Deploy[]>;
}

export interface SnapshotStore {
  /** null: none yet, or one that could not be read and was put aside. */
  read(): Snapshot | null;
  /** Atomic, mode 0600. A disk that is full only loses the snapshot. */
  write(snapshot: Snapshot): Promise<void>;
}

const SCHEMA = 1;

/** `snapshot-….json` in the state folder (which is keyed by config), keyed by user: several may share a jump host. */
export function openSnapshot(folder: string, email: string | null): SnapshotStore {
  const user = shortKey(`${process.getuid?.() ?? ''} ${email ?? ''}`);
  const file = join(folder, `snapshot-${user}.json`);
  return {
    read() {
      const text = readText(file);
      if (text === null) return null;
      const snapshot = decode(text);
      if (snapshot === null) quarantine(file);
      return snapshot;
    },
    async write(snapshot) {
      try {
        replaceOwnFile(file, encode(snapshot));
      } catch {
        // A snapshot is a convenience: what it could not keep is asked again.
      }
    },
  };
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function quarantine(file: string): void {
  try {
    renameSync(file, `${file}.corrupt`);
  } catch {
    // Somebody else was quicker.
  }
}

function encode(snapshot: Snapshot): string {
  return JSON.stringify({ schema: SCHEMA, ...snapshot }, (_key, value: unknown) =>
    value instanceof Failure ? { system: value.system, code: value.code, message: value.message } : value,
  );
}

/** Every string becomes SafeText again: the file lay on a disk that others may have written to. */
function decode(text: string): Snapshot | null {
  try {
    const data: unknown = JSON.parse(text, (key, value: unknown) => {
      if (typeof value === 'string') return safeText(value);
      return key === 'error' ? toError(value) : value;
    });
    return isSnapshot(data) ? data : null;
  } catch {
    return null;
  }
}

function toError(value: unknown): Failure | null {
  if (typeof value !== 'object' || value === null) return null;
  const { system, code, message } = value as Record<string, unknown>;
  return new Failure(String(system), code as FailureCode, String(message));
}

/** Its own files alone are read, so the outline is checked, not each field. */
function isSnapshot(data: unknown): data is Snapshot {
  if (typeof data !== 'object' || data === null) return false;
  const { schema, practice, incidents, onCall, deploys, systems } = data as Record<string, unknown>;
  return (
    schema === SCHEMA &&
    typeof practice === 'boolean' &&
    isReading(incidents) &&
    isReading(onCall) &&
    Array.isArray(deploys) &&
    deploys.every((each) => isReading((each as { reading?: unknown }).reading)) &&
    Array.isArray(systems)
  );
}

function isReading(value: unknown): value is Reading<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const reading = value as Record<string, unknown>;
  return (
    typeof reading.source === 'string' &&
    isInstantOrNull(reading.takenAt) &&
    isInstantOrNull(reading.receivedAt) &&
    (reading.value === null || Array.isArray(reading.value))
  );
}

function isInstantOrNull(value: unknown): value is Instant | null {
  return value === null || typeof value === 'number';
}
