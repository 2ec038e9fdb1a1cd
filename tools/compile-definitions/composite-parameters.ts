import { COMPONENT_EXPRESSIONS } from './corrections';
import { type ElementPath, elementPaths } from './element-paths';
import type { TypeTables } from './element-tables';
import { emitterOf } from './emitters';
import type { OfficialSearchParameter } from './official-definitions';
import { parseSearchExpression } from './search-expression';

/** A parameter of the same type, with the places it reads. */
interface Sibling {
  code: string;
  type: string;
  paths: ElementPath[];
}

/** One component of a composite parameter, as it stands in a repeating element. */
export interface ComponentShape {
  type: string;
  /** From the element; from the resource where `fromRoot`. */
  paths: ElementPath[];
  fromRoot: boolean;
}

export interface CompositeShape {
  /** Codes of the parameters it is made of. */
  components: string[];
  /** Codes of parameters that together say the same, where the components stand in the resource itself. */
  whole?: string[];
  /** Elements that repeat, each with its own components. */
  elements: { path: ElementPath; components: ComponentShape[] }[];
}

const ROOT = '%resource.';

/** How a composite parameter reads one resource type. */
export function compositeShape(parameter: OfficialSearchParameter, resource: string, siblings: readonly Sibling[], official: readonly OfficialSearchParameter[], tables: TypeTables): CompositeShape {
  const components = (parameter.component ?? []).map(({ definition, expression }, index) => {
    const defined = official.find((one) => one.url === definition);
    if (!siblings.some((sibling) => sibling.code === defined?.code)) throw new Error(`${parameter.url} is made of ${definition}, which ${resource} has not`);
    return { code: defined!.code, type: defined!.type, expression: COMPONENT_EXPRESSIONS[parameter.url]?.[index] ?? expression };
  });
  const shape: CompositeShape = { components: components.map(({ code }) => code), elements: [] };
  for (const path of placesOf(parameter, resource, tables)) {
    const shapes = components.map((component) => componentShape(component, path, resource, tables));
    if (path.hops.some((hop) => hop.many)) shape.elements.push({ path, components: shapes });
    else shape.whole = shapes.map((component) => parameterOf(component, path, siblings).code);
  }
  return shape;
}

function placesOf(parameter: OfficialSearchParameter, resource: string, tables: TypeTables): ElementPath[] {
  return parseSearchExpression(parameter.expression ?? '')
    .filter((term) => term.root === resource)
    .flatMap((term) => elementPaths(term, resource, tables));
}

function componentShape({ type, expression }: { type: string; expression: string }, element: ElementPath, resource: string, tables: TypeTables): ComponentShape {
  const fromRoot = expression.startsWith(ROOT);
  const terms = parseSearchExpression(fromRoot ? expression.slice(ROOT.length) : expression);
  const paths = terms.flatMap((term) => elementPaths(term, fromRoot ? resource : element.type, tables));
  return { type, fromRoot, paths: paths.filter((path) => emitterOf(type, path.type) !== undefined) };
}

/** The parameter that reads the component's places and as little else as possible. */
function parameterOf(component: ComponentShape, element: ElementPath, siblings: readonly Sibling[]): Sibling {
  const wanted = component.paths.map((path) => nameOf({ ...path, hops: [...(component.fromRoot ? [] : element.hops), ...path.hops] }));
  const reading = siblings.filter((sibling) => sibling.type === component.type && wanted.every((one) => sibling.paths.map(nameOf).includes(one)));
  const [narrowest] = reading.sort((a, b) => a.paths.length - b.paths.length);
  if (!narrowest) throw new Error(`No parameter reads ${wanted.join(', ')}`);
  return narrowest;
}

const nameOf = ({ hops, type }: ElementPath): string => `${hops.map((hop) => hop.name).join('.')}: ${type}`;
