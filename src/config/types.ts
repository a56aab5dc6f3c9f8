import type { Catalog } from '../model/catalog.ts';
import type { Config, UserConfig } from './schema.ts';

/** A configuration as found, checked and merged; nothing in it is secret. */
export interface LoadedConfig {
  /** Absolute path of `oncall.yaml`; paths inside it are relative to `folder`. */
  readonly file: string;
  readonly folder: string;
  readonly config: Config;
  readonly user: UserConfig;
  readonly catalog: Catalog;
}
