/** The address is not fit, or its answer is not what was asked for. The message may be shown to the client's developer. */
export class OutboundError extends Error {}
