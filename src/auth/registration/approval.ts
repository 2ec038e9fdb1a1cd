import type { Config } from '../../config';
import { asksFor, type ClientMetadata, isConfidential, metadataScopes } from './client-metadata';

/**
 * May this client work at once, or does an administrator have to look at it first?
 * `patient-auto`: only what patients can decide for themselves needs no approval; launching from the chart, acting as
 * staff or as a system, and the password grant do.
 */
export function isApprovedAtOnce(metadata: ClientMetadata, mode: Config['CLIENT_APPROVAL']): boolean {
  if (mode === 'auto') return true;
  if (mode === 'manual' || metadata.grant_types?.includes('password')) return false;
  if (isConfidential(metadata)) return !asksFor(metadata, 'user/') && !asksFor(metadata, 'system/');
  return !metadataScopes(metadata).includes('launch');
}
