import { Body, Controller, Get, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { COMPARTMENTS } from '#libs/fhir';
import { FhirRoute } from '../../auth';
import { CONFIG, type Config, siteUrls } from '../../config';
import { context, noteAudit, SalusError } from '../../kernel';
import { knownType, legalId } from '../interactions/resource-input';
import { PublishedDefinitions } from '../published/published-definitions';
import { SearchService } from '../search';
import { preferences, sendFhir } from './fhir-reply';
import { access } from './fhir-request';

/** Where a search is made: of one type or of several (`*`), anywhere or in a compartment. */
interface Place {
  type?: string;
  compartment?: string;
  id?: string;
}

const GET_PATHS = ['', ':type', ':compartment/:id/:type'];
const POST_PATHS = ['_search', ':type/_search', ':compartment/:id/_search', ':compartment/:id/:type/_search'];

/** Search of the whole system, of one type, in a compartment (R4 §3.1.1.2), by GET and by POST. */
@Controller('apis/:site/fhir')
export class SearchController {
  constructor(
    private readonly search: SearchService,
    private readonly published: PublishedDefinitions,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get(GET_PATHS)
  @FhirRoute('search')
  async byGet(@Param() place: Place, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.answer(place, queryOf(request), request, reply);
  }

  @Post(POST_PATHS)
  @FhirRoute('search')
  async byPost(@Param() place: Place, @Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    if (request.headers['content-type'] && !request.headers['content-type'].startsWith('application/x-www-form-urlencoded')) {
      throw new SalusError('unsupported-media', 'Send a search as application/x-www-form-urlencoded.');
    }
    await this.answer(place, [...queryOf(request), ...pairs(body)], request, reply);
  }

  private async answer({ type = '*', compartment, id }: Place, params: [string, string][], request: FastifyRequest, reply: FastifyReply): Promise<void> {
    noteAudit('search', type === '*' ? '*' : knownType(type), compartment === 'Patient' ? id : undefined);
    const confined = compartment !== undefined && { compartment: { type: knownCompartment(compartment), id: legalId(id!) } };
    const options = { baseUrl: siteUrls(this.config, context().site).fhir, strict: preferences(request).handling === 'strict', ...confined };
    const relevant = params.filter(([name]) => name !== '_format' && name !== '_pretty');
    const bundle = type === '*' ? this.search.searchTypes(access(), relevant, options) : this.published.search(access(), type, relevant, options);
    sendFhir(request, reply, 200, await bundle);
  }
}

function knownCompartment(type: string): string {
  if (!COMPARTMENTS.includes(type)) throw new SalusError('not-found', `There are compartments of ${COMPARTMENTS.join(', ')}.`);
  return type;
}

/** Parameters in their order, repeated ones included; `+` is a space and `%2B` a plus, as forms have it. */
function queryOf(request: FastifyRequest): [string, string][] {
  const at = request.url.indexOf('?');
  return at < 0 ? [] : [...new URLSearchParams(request.url.slice(at + 1))];
}

function pairs(body: unknown): [string, string][] {
  if (typeof body !== 'object' || body === null) return [];
  return Object.entries(body).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, String(one)]));
}
