/**
 * What registries take for a tag; anything else cannot exist, and is answered with an error instead of "not found".
 * https://github.com/opencontainers/distribution-spec/blob/main/spec.md
 */
export const TAG = /^[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$/;
