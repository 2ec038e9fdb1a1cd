export type { TransactionBundle, TransactionEntry } from './bundle';
export { demoClinic, type DemoOptions } from './demo-clinic';
export { demoPortalLogin, type DemoLogin, type DemoRole, demoStaff } from './logins';
export { panelIdOf as demoPanelId, panelKeys as demoPanelKeys } from './practice/panels';
