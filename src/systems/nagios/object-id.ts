/** A host, or a service on it, by the names that Nagios itself knows them by. */
export interface ObjectName {
  readonly host: string;
  /** Its description; null: the host itself. */
  readonly service: string | null;
}

/** No name holds a semicolon: it begins a comment in the configuration, and parts the fields of a command. */
export function toId({ host, service }: ObjectName): string {
  return service === null ? host : `${host};${service}`;
}

export function fromId(id: string): ObjectName {
  const at = id.indexOf(';');
  return at < 0 ? { host: id, service: null } : { host: id.slice(0, at), service: id.slice(at + 1) };
}
