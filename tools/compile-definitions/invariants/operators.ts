import type { PathNode } from '../../../libs/fhir/fhirpath/path-node';
import { type Code, listOf, NotCompilable, oneOf, sure, truthOf } from './code';
import type { Compile, Scope } from './scope';

type Binary = Extract<PathNode, { kind: 'binary' }>;

export function operation(node: Binary, scope: Scope, compile: Compile): Code {
  const [left, right] = [compile(node.left, scope), compile(node.right, scope)];
  switch (node.operator) {
    case 'and':
    case 'or':
    case 'xor':
    case 'implies':
      return logical(node.operator, truthOf(left), truthOf(right));
    case '=':
      return equality(left, right);
    case '!=':
      return negated(equality(left, right));
    case '<':
    case '<=':
      return { js: `mayBeLess(${oneOf(left)}, ${oneOf(right)}, ${node.operator === '<='})`, form: 'truth' };
    case '>':
    case '>=':
      return { js: `mayBeLess(${oneOf(right)}, ${oneOf(left)}, ${node.operator === '>='})`, form: 'truth' };
    case 'in':
      return sure(`isIn(${oneOf(left)}, ${listOf(right)})`);
    case 'contains':
      return sure(`isIn(${oneOf(right)}, ${listOf(left)})`);
    case '|':
      return union(left, right);
    case '&':
      return { js: `((text(${oneOf(left)}) ?? '') + (text(${oneOf(right)}) ?? ''))`, form: 'one', types: ['string'] };
    case '+':
    case '-':
    case '*':
    case 'mod':
      return { js: `calculate(${oneOf(left)}, '${node.operator}', ${oneOf(right)})`, form: 'one', types: ['decimal'] };
    default:
      throw new NotCompilable(`the operator ${node.operator} is not compiled`);
  }
}

const SIGNS = { and: '&&', or: '||' } as const;

function logical(operator: 'and' | 'or' | 'xor' | 'implies', left: Code, right: Code): Code {
  if (!left.sure || !right.sure) {
    // What is true or false already needs no look at the other side.
    if (operator === 'implies') return { js: `(${left.js} === false || implies(${left.js}, ${right.js}))`, form: 'truth' };
    return { js: `${operator}(${left.js}, ${right.js})`, form: 'truth' };
  }
  if (operator === 'xor') return sure(`((${left.js}) !== (${right.js}))`);
  if (operator === 'implies') return sure(`(!(${left.js}) || (${right.js}))`);
  return sure(`(${left.js} ${SIGNS[operator]} ${right.js})`);
}

function equality(left: Code, right: Code): Code {
  if (left.form === 'truth' && right.form === 'truth' && left.sure && right.sure) return sure(`((${left.js}) === (${right.js}))`);
  const [constantSide, other] = left.constants ? [left, right] : [right, left];
  if (constantSide.constants?.length === 1 && other.form === 'one') return { js: `is(${other.js}, ${constantSide.js})`, form: 'truth' };
  return { js: `equal(${listOf(left)}, ${listOf(right)})`, form: 'truth' };
}

function negated(code: Code): Code {
  return code.sure ? sure(`!(${code.js})`) : { js: `not(${code.js})`, form: 'truth' };
}

function union(left: Code, right: Code): Code {
  if (left.constants && right.constants) {
    const constants = [...left.constants, ...right.constants];
    return { js: `[${constants.map((one) => JSON.stringify(one).replaceAll('"', "'")).join(', ')}]`, form: 'list', constants };
  }
  const types = left.types && right.types ? { types: [...new Set([...left.types, ...right.types])] } : {};
  return { js: `union(${listOf(left)}, ${listOf(right)})`, form: 'list', ...types };
}

