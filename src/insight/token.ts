/** `oncall-sam-m3k9…`: names the person and the intent. CloudFormation allows letters, digits and `-`, 128 at most. */
export function tokenOf(who: string, intent: string): string {
  const name = who.split('@', 1)[0] ?? '';
  const slug = name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return `oncall-${slug.slice(0, 30) || 'somebody'}-${intent}`;
}

/** Who began an update, from its token; null: it was not begun with this tool. */
export function whoseToken(token: string): { who: string; intent: string } | null {
  const match = /^oncall-([a-z0-9]+)-([a-z0-9]+)$/.exec(token);
  const [, who, intent] = match ?? [];
  return who === undefined || intent === undefined ? null : { who, intent };
}
