import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { FhirResource } from '../resource';
import { MAX_ATTRIBUTES } from './limits';
import { ResourceBuilder } from './resource-builder';
import { XmlSyntaxError } from './xml-syntax-error';

/**
 * Parses a resource in its XML form (R4 §2.6.1) into its JSON form. Elements are told apart by the tables of the
 * specification; their order is not insisted on. Throws `XmlSyntaxError` also for what well-formed XML may hold and
 * FHIR must not: a document type, entities of its own, processing instructions, text, foreign elements and attributes.
 */
export function readXml(source: string): FhirResource {
  const reading = new XmlReading(source, source.length);
  reading.goOn();
  return reading.resource();
}

/** The same, a piece at a time: in between, whoever else waits for the thread has it. */
export async function readXmlInTurns(source: string, piece = PIECE): Promise<FhirResource> {
  const reading = new XmlReading(source, piece);
  while (reading.goOn()) await new Promise<void>((next) => setImmediate(next));
  return reading.resource();
}

/** A piece takes some ten milliseconds. */
const PIECE = 64 * 1024;

class XmlReading {
  private readonly text: string;
  private readonly parser: SaxesParser<{ xmlns: true; position: true; defaultXMLVersion: '1.0'; forceXMLVersion: true }>;
  private readonly builder: ResourceBuilder;
  private at = 0;

  constructor(
    source: string,
    private readonly piece = PIECE,
  ) {
    this.text = source.charCodeAt(0) === 0xfeff ? source.slice(1) : source;
    this.builder = new ResourceBuilder(this.text);
    this.parser = parserOf(this.text, this.builder);
  }

  /** False once the end is reached. */
  goOn(): boolean {
    this.parser.write(this.text.slice(this.at, this.at + this.piece));
    this.at += this.piece;
    if (this.at < this.text.length) return true;
    this.parser.close();
    return false;
  }

  resource(): FhirResource {
    return this.builder.resource();
  }
}

function parserOf(text: string, builder: ResourceBuilder): XmlReading['parser'] {
  // The parser would read a document type to its end before it tells of it.
  if (text.slice(0, Math.max(0, text.search(/<[^!?]/))).includes('<!DOCTYPE')) refuse('A document type is not allowed, nor are entities.');
  const parser = new SaxesParser({ xmlns: true, position: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  // The parser's own messages name what stands in the text.
  parser.on('error', () => refuse(`The XML is not well-formed at line ${parser.line}, column ${parser.column}.`));
  parser.on('doctype', () => refuse('A document type is not allowed, nor are entities.'));
  parser.on('processinginstruction', () => refuse('Processing instructions are not allowed.'));
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') refuse('The encoding must be UTF-8.');
  });
  let attributes = 0;
  parser.on('opentagstart', () => {
    attributes = 0;
    builder.begin(startOfTag(text, parser.position));
  });
  parser.on('attribute', () => {
    if (++attributes > MAX_ATTRIBUTES) refuse(`An element has more than ${MAX_ATTRIBUTES} attributes.`);
  });
  parser.on('opentag', (tag) => builder.open(tag as SaxesTagNS));
  parser.on('closetag', (tag) => builder.close(tag as SaxesTagNS, parser.position));
  parser.on('text', (content) => builder.text(content));
  parser.on('cdata', (content) => builder.text(content));
  return parser;
}

function refuse(message: string): never {
  throw new XmlSyntaxError(message);
}

/** The parser has read the name of a tag, and perhaps the character behind it. */
const startOfTag = (text: string, position: number): number => text.lastIndexOf('<', position - 1);
