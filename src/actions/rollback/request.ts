import type { ActionRequest } from '../types.ts';

export type Rollback = Extract<ActionRequest, { action: 'rollback' }>;
