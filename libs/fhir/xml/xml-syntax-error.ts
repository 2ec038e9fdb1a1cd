/** The text is no FHIR XML. `path` is the element, as far as one was reached; `message` quotes nothing of the text. */
export class XmlSyntaxError extends Error {
  constructor(
    message: string,
    readonly path?: string,
  ) {
    super(message);
    this.name = 'XmlSyntaxError';
  }
}
