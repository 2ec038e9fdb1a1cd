import { declare } from './route-rule';

/** A route of the patient portal API: patients' tokens with `api:port` and this scope. */
export const PortalRoute = (scope: string) => declare({ surface: 'portal', scope });
