import pino from 'pino';

/** The process's log: JSON lines on stderr, without clinical values. Level from LOG_LEVEL, set at start. */
export const log = pino({ level: 'info', base: undefined }, pino.destination(2));
