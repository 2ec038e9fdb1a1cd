import { invalid } from '../../kernel';

export const interactionGone = () => invalid('This sign-in is over: it took too long, was finished already, or began in another browser. Go back to the app and start again.');
