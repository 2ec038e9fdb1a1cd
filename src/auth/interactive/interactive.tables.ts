import { consentTable } from './consent.table';
import { interactionTable } from './interaction.table';
import { launchTable } from './launch.table';
import { webSessionTable } from './session.table';

/** Tables of sign-in, consent and launch. */
export const interactiveTables = [webSessionTable, interactionTable, consentTable, launchTable];
