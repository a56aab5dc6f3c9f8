import type { Problem } from './problem.ts';

/**
 * Passwords inside URLs, in a file that others may read. (A token cannot stand in the file at all: the schema
 * has no place for one.)
 */
export function readableSecrets(data: unknown, mode: number, file: string): readonly Problem[] {
  if ((mode & 0o077) === 0) return [];
  const problems: Problem[] = [];
  walk(data, [], (path, text) => {
    if (!hasPassword(text)) return;
    const message = `a password stands here and others may read this file: chmod 600 ${file}, and change that password.`;
    problems.push({ path, message });
  });
  return problems;
}

function hasPassword(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\//i.test(text) && URL.canParse(text) && new URL(text).password !== '';
}

function walk(
  value: unknown,
  path: Problem['path'],
  visit: (path: Problem['path'], text: string) => void,
): void {
  if (typeof value === 'string') visit(path, value);
  if (typeof value !== 'object' || value === null) return;
  for (const [key, below] of Object.entries(value)) walk(below, [...path, key], visit);
}
