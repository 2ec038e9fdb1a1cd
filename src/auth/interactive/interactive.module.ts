import { Module } from '@nestjs/common';
import { Answers } from './answers';
import { AuthorizeChecks } from './authorize-checks';
import { AuthorizeController } from './authorize.controller';
import { ConsentController } from './consent.controller';
import { Consents } from './consents';
import { Flow } from './flow';
import { Interactions } from './interactions';
import { Launches } from './launches';
import { LogoutController } from './logout.controller';
import { Logouts } from './logouts';
import { PagePaths } from './pages.paths';
import { PatientSelectController } from './patient-select.controller';
import { SessionStore } from './session-store';
import { Sessions } from './sessions';
import { SignInController } from './sign-in.controller';
import { Steps } from './steps';
import { Sweep } from './sweep';
import { UserinfoController } from './userinfo.controller';
import { UserinfoGuard } from './userinfo.guard';

const offered = [Sessions, SessionStore, Consents, Launches, PagePaths];

/**
 * The half of the authorization server that people see: sign-in, patient choice, consent, sign-out. Needs what
 * AuthModule offers, and PATIENT_DIRECTORY from whoever keeps the patients.
 */
@Module({
  controllers: [AuthorizeController, SignInController, PatientSelectController, ConsentController, LogoutController, UserinfoController],
  providers: [...offered, AuthorizeChecks, Flow, Answers, Interactions, Steps, Logouts, Sweep, UserinfoGuard],
  exports: offered,
})
export class InteractiveModule {}
