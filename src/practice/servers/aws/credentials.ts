/** A long-lived key pair of the practice account; none of them opens anything outside this process. */
export interface PracticeKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** IAM user name. */
  readonly user: string;
  /** `read`: every mutation answers AccessDenied. `expired`: as a session token that has run out. */
  readonly allows: 'all' | 'read' | 'expired';
}

/** The key in the practice world's credentials file. */
export const PRACTICE_KEY: PracticeKey = {
  accessKeyId: 'AKIAPRACTICEHARBOUR1',
  secretAccessKey: 'practice/harbour/secret/key/of/no/worth00',
  user: 'sam',
  allows: 'all',
};

/** May look, but not touch. */
export const READER_KEY: PracticeKey = {
  accessKeyId: 'AKIAPRACTICEHARBOUR2',
  secretAccessKey: 'practice/harbour/reader/key/of/no/worth00',
  user: 'reader',
  allows: 'read',
};

/** Was good until its session ended. */
export const EXPIRED_KEY: PracticeKey = {
  accessKeyId: 'ASIAPRACTICEHARBOUR3',
  secretAccessKey: 'practice/harbour/expired/key/of/no/worth0',
  user: 'sam',
  allows: 'expired',
};

export const PRACTICE_KEYS: readonly PracticeKey[] = [PRACTICE_KEY, READER_KEY, EXPIRED_KEY];
