export type { TransactionBundle, TransactionEntry } from './bundle';
export { demoClinic, demoCompletePatients, type DemoOptions } from './demo-clinic';
export type { Edition as DemoEdition } from './people/person';
export { demoPortalLogin, type DemoLogin, type DemoRole, demoStaff } from './logins';
export { panelIdOf as demoPanelId, panelKeys as demoPanelKeys, trialIdOf as demoTrialGroupId } from './practice/panels';
