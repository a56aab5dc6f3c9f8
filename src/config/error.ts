/** A configuration that cannot be used: one clear line with the place and what to do. Exit code 64. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
