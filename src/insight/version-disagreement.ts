import type { VersionSources } from '../model/fleet.ts';
import type { SafeText } from '../model/safe-text.ts';

export interface VersionClaim {
  readonly source: 'parameter' | 'launch' | 'tag' | 'running';
  readonly version: SafeText;
}

/** Every claim about which version runs, when those that were read do not all say the same; else empty. */
export function versionDisagreement(versions: VersionSources): readonly VersionClaim[] {
  const claims: VersionClaim[] = [];
  for (const source of ['parameter', 'launch', 'tag'] as const) {
    const version = versions[source];
    if (version !== null) claims.push({ source, version });
  }
  for (const version of new Set(versions.running)) claims.push({ source: 'running', version });
  return new Set(claims.map((claim) => claim.version)).size > 1 ? claims : [];
}

/** The version to show for a group: what really runs, else what would boot, is tagged, is intended. */
export function mainVersion(versions: VersionSources): SafeText | null {
  const [first, ...others] = versions.running;
  if (first !== undefined && others.every((version) => version === first)) return first;
  return versions.launch ?? versions.tag ?? first ?? versions.parameter;
}
