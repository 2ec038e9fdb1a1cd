import { NotCompilable, quote } from '../invariants/code';
import { json } from './literals';
import type { ProfileNode } from './profile-tree';
import type { ReleaseValueSets } from './value-sets';

/** The test, as JavaScript about `i`, whether an item belongs to a slice: every discriminator must fit. */
export function sliceTest(slice: ProfileNode, discriminators: readonly { type: string; path: string }[], valueSets: ReleaseValueSets): string {
  if (discriminators.length === 0) throw new NotCompilable('slices without discriminator');
  return discriminators.map(({ type, path }) => discriminatorTest(slice, type, path, valueSets)).join(' && ');
}

function discriminatorTest(slice: ProfileNode, type: string, path: string, valueSets: ReleaseValueSets): string {
  const steps = path === '$this' ? [] : path.split('.');
  if (steps.some((step) => !/^[a-zA-Z]+$/.test(step))) throw new NotCompilable(`the discriminator ${path} is not to be seen in the resource`);
  const values = steps.length === 0 ? '[i]' : `at(i, ${steps.map(quote).join(', ')})`;
  if (type === 'exists') return `${values}.length ${(descend(slice, steps)[0]?.element.min ?? 0) > 0 ? '> 0' : '=== 0'}`;
  if (type !== 'value' && type !== 'pattern') throw new NotCompilable(`discriminators of type ${type}`);
  const url = path === 'url' ? slice.element.type?.[0]?.profile?.[0] : undefined;
  if (url !== undefined) return `one(i, 'url') === ${quote(url.split('|')[0] ?? url)}`;
  return valueTest(slice, steps, values, valueSets);
}

function valueTest(slice: ProfileNode, steps: readonly string[], values: string, valueSets: ReleaseValueSets): string {
  const inherited = patternAbove(slice, steps);
  if (inherited !== undefined) return `${values}.some((v) => fits(v, ${json(inherited)}))`;
  const tests = descend(slice, steps).map((node) => nodeTests(node, 'v', valueSets)).find((found) => found.length > 0) ?? [];
  if (tests.length === 0) throw new NotCompilable(`nothing at the discriminator ${steps.join('.') || '$this'}`);
  return `${values}.some((v) => ${tests.join(' && ')})`;
}

/** What tells the values at a node from others: a constant, a value set, or the same further below. */
function nodeTests(node: ProfileNode, variable: string, valueSets: ReleaseValueSets): string[] {
  const constant = constantOf(node);
  if (constant) return [constant.kind === 'fixed' ? `isSame(${variable}, ${json(constant.value)})` : `fits(${variable}, ${json(constant.value)})`];
  const { binding } = node.element;
  const valueSet = binding?.strength === 'required' && binding.valueSet ? valueSets.use(binding.valueSet) : undefined;
  if (valueSet !== undefined) return [`isBound(${variable}, ${valueSet})`];
  const inner = `${variable}v`;
  return node.children.flatMap((child) => [child, ...child.slices]).flatMap((child) => {
    const tests = nodeTests(child, inner, valueSets);
    return tests.length === 0 ? [] : [`at(${variable}, ${quote(child.name)}).some((${inner}) => ${tests.join(' && ')})`];
  });
}

/** The value that every element must have or contain, if the definition gives one. */
export function constantOf(node: ProfileNode): { kind: 'fixed' | 'pattern'; type: string; value: unknown } | undefined {
  for (const [name, value] of Object.entries(node.element)) {
    const found = /^(fixed|pattern)([A-Z]\w*)$/.exec(name);
    if (found?.[2]) return { kind: found[1] as 'fixed' | 'pattern', type: found[2], value };
  }
  return undefined;
}

/** The nodes at a path, those of slices on the way among them. */
function descend(node: ProfileNode, steps: readonly string[]): ProfileNode[] {
  const next = (at: ProfileNode[], step: string): ProfileNode[] => {
    return at.flatMap((one) => one.children.filter((child) => child.name === step).flatMap((child) => [child, ...child.slices]));
  };
  return steps.reduce(next, [node]);
}

/** A pattern further up speaks of what is below it, too. */
function patternAbove(slice: ProfileNode, steps: readonly string[]): unknown {
  for (let depth = 0; depth < steps.length; depth++) {
    const value = descend(slice, steps.slice(0, depth)).map((node) => constantOf(node)?.value).find((constant) => constant !== undefined);
    if (value !== undefined) return first(value, steps.slice(depth));
  }
  return undefined;
}

function first(value: unknown, steps: readonly string[]): unknown {
  const [step, ...rest] = steps;
  const item = Array.isArray(value) ? value[0] : value;
  return step === undefined ? item : first((item as Record<string, unknown> | undefined)?.[step], rest);
}
