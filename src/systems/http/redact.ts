/** Shorter ones would blot out ordinary words. */
const MIN_SECRET_LENGTH = 6;
const MASK = '[secret]';

/** Knows the secrets of this process and takes them, their base64 and their URL form out of texts. */
export class Redactor {
  readonly #forms = new Set<string>();

  add(secret: string): void {
    if (secret.length < MIN_SECRET_LENGTH) return;
    const bytes = Buffer.from(secret, 'utf8');
    for (const form of [
      secret,
      encodeURIComponent(secret),
      bytes.toString('base64').replace(/=+$/, ''),
      bytes.toString('base64url'),
    ]) {
      this.#forms.add(form);
    }
  }

  redact(text: string): string {
    let redacted = text;
    for (const form of this.#forms) redacted = redacted.replaceAll(form, MASK);
    return redacted;
  }
}
