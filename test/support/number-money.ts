import { parseSync } from '@swc/core';

export type Finding = { readonly line: number; readonly name: string; readonly rule: string };

type Node = { readonly type: string; readonly span?: { readonly start: number } } & Readonly<Record<string, unknown>>;

/** Names that hold money here: `...Minor`, and what somebody would call an amount without thinking of its unit. */
const WORDS = 'amount|balance|price|cost|fee|total|sum|cap|earned|paid|payable|reserved|owed|debt|left|refunded|netted';
const ENDINGS = 'Minor|Amount|Balance|Price|Cost|Fee|Total|Sum|Cap|Owed|Debt';
const MONEY = new RegExp(`(^(minor|${WORDS}|opening|closing|clawback|adjustment)|${ENDINGS})$`);
const CONVERSIONS = new Set(['Number', 'parseFloat', 'parseInt']);
const ARITHMETIC = new Set(['+', '-', '*', '/', '%', '**', '<', '<=', '>', '>=', '==', '!=', '===', '!==']);
const ASSIGNMENTS = new Set(['=', '+=', '-=', '*=', '/=', '%=', '**=']);

/**
 * Places of a TypeScript source where a name of money has the type `number`, is made one, or meets a number literal.
 * It goes by names, not by types: what it cannot see, the compiler refuses, as it mixes no bigint with a number.
 */
export function findNumberMoney(source: string): readonly Finding[] {
  // The parser counts bytes on from the file before; the semicolon marks where this one begins.
  const text = `;${source}`;
  const bytes = Buffer.from(text);
  const module = parseSync(text, { syntax: 'typescript', target: 'es2024' }) as unknown as Node;
  const origin = module.span?.start ?? 0;
  const findings: Finding[] = [];
  const note = (node: Node, name: string, rule: string): void => {
    // Members of an object or a pattern have no place of their own.
    const start = (node.span ?? child(node, 'key')?.span)?.start ?? origin;
    const before = bytes.subarray(0, start - origin).toString('utf8');
    findings.push({ line: before.split('\n').length, name, rule });
  };
  walk(module, (node) => {
    for (const [name, rule] of rulesBroken(node)) note(node, name, rule);
  });
  return findings;
}

type Broken = readonly (readonly [name: string, rule: string])[];

function rulesBroken(node: Node): Broken {
  switch (node.type) {
    case 'Identifier':
      return typed(nameOf(node), child(node, 'typeAnnotation'));
    case 'TsPropertySignature':
    case 'ClassProperty':
      return [
        ...typed(nameOf(child(node, 'key')), child(node, 'typeAnnotation')),
        ...literal(nameOf(child(node, 'key')), child(node, 'value')),
      ];
    case 'TsMethodSignature':
      return typed(nameOf(child(node, 'key')), child(node, 'typeAnn'));
    case 'TsTypeAliasDeclaration':
      return typed(nameOf(child(node, 'id')), child(node, 'typeAnnotation'));
    case 'FunctionDeclaration':
      return typed(nameOf(child(node, 'identifier')), child(node, 'returnType'));
    case 'VariableDeclarator':
      return declared(nameOf(child(node, 'id')), child(node, 'init'));
    case 'KeyValueProperty':
      return declared(nameOf(child(node, 'key')), child(node, 'value'));
    case 'AssignmentPattern':
      return literal(nameOf(child(node, 'left')), child(node, 'right'));
    case 'AssignmentPatternProperty':
      return literal(nameOf(child(node, 'key')), child(node, 'value'));
    case 'AssignmentExpression':
      return ASSIGNMENTS.has(String(node.operator)) ? literal(moneyIn(child(node, 'left')), child(node, 'right')) : [];
    case 'BinaryExpression':
      return ARITHMETIC.has(String(node.operator)) ? meets(child(node, 'left'), child(node, 'right')) : [];
    case 'UnaryExpression':
      return node.operator === '+' ? converted(child(node, 'argument'), 'a unary plus') : [];
    case 'UpdateExpression':
      return moneyIn(child(node, 'argument')) === undefined
        ? []
        : [[moneyIn(child(node, 'argument')) ?? '', 'is counted up as a number']];
    case 'CallExpression':
      return called(node);
    default:
      return [];
  }
}

function typed(name: string | undefined, annotation: Node | undefined): Broken {
  return name !== undefined && MONEY.test(name) && isNumeric(annotation) ? [[name, 'has the type number']] : [];
}

function literal(name: string | undefined, value: Node | undefined): Broken {
  return name !== undefined && MONEY.test(name) && isNumberLiteral(value) ? [[name, 'is set to a number literal']] : [];
}

/** A name that is given a number literal, or a function that answers one. */
function declared(name: string | undefined, value: Node | undefined): Broken {
  const isFunction = value?.type === 'ArrowFunctionExpression' || value?.type === 'FunctionExpression';
  return [...literal(name, value), ...(isFunction ? typed(name, child(value, 'returnType')) : [])];
}

function meets(left: Node | undefined, right: Node | undefined): Broken {
  const [literalSide, other] = isNumberLiteral(left) ? [left, right] : [right, left];
  const name = moneyIn(other);
  return isNumberLiteral(literalSide) && name !== undefined ? [[name, 'meets a number literal']] : [];
}

function converted(argument: Node | undefined, by: string): Broken {
  const name = moneyIn(argument);
  return name === undefined ? [] : [[name, `is made a number by ${by}`]];
}

function called(call: Node): Broken {
  const callee = child(call, 'callee');
  const isMath = callee?.type === 'MemberExpression' && nameOf(child(callee, 'object')) === 'Math';
  const name = callee?.type === 'MemberExpression' ? nameOf(child(callee, 'property')) : nameOf(callee);
  if (name === undefined || !(isMath || CONVERSIONS.has(name))) return [];
  const given = (call.arguments as readonly { readonly expression: Node }[]).map(({ expression }) => expression);
  return given.flatMap((argument) => converted(argument, isMath ? `Math.${name}` : name));
}

/** The name of money that a value is, also inside brackets, a member access, a method's result or arithmetic. */
function moneyIn(node: Node | undefined): string | undefined {
  switch (node?.type) {
    case 'Identifier':
    case 'MemberExpression': {
      const name = node.type === 'Identifier' ? nameOf(node) : nameOf(child(node, 'property'));
      return name !== undefined && MONEY.test(name) ? name : undefined;
    }
    case 'ParenthesisExpression':
    case 'TsAsExpression':
    case 'TsNonNullExpression':
      return moneyIn(child(node, 'expression'));
    case 'OptionalChainingExpression':
      return moneyIn(child(node, 'base'));
    case 'UnaryExpression':
      return moneyIn(child(node, 'argument'));
    case 'BinaryExpression':
      return ARITHMETIC_RESULTS.has(String(node.operator))
        ? (moneyIn(child(node, 'left')) ?? moneyIn(child(node, 'right')))
        : undefined;
    case 'CallExpression': {
      const callee = child(node, 'callee');
      return callee?.type === 'MemberExpression' && nameOf(child(callee, 'property')) === 'toString'
        ? moneyIn(child(callee, 'object'))
        : moneyIn(callee);
    }
    default:
      return undefined;
  }
}

const ARITHMETIC_RESULTS = new Set(['+', '-', '*', '/', '%', '??', '||']);

/** Whether `number` stands in a type outside of what has names of its own: members, parameters. */
function isNumeric(type: Node | undefined): boolean {
  if (type === undefined) return false;
  if (type.type === 'TsKeywordType') return type.kind === 'number';
  if (type.type === 'TsLiteralType') return child(type, 'literal')?.type === 'NumericLiteral';
  if (type.type === 'TsTypeLiteral') return false;
  if (type.type === 'TsFunctionType') return isNumeric(child(type, 'typeAnnotation'));
  return children(type).some(isNumeric);
}

function isNumberLiteral(node: Node | undefined): boolean {
  if (node?.type === 'UnaryExpression') return isNumberLiteral(child(node, 'argument'));
  if (node?.type === 'ParenthesisExpression') return isNumberLiteral(child(node, 'expression'));
  return node?.type === 'NumericLiteral';
}

function nameOf(node: Node | undefined): string | undefined {
  return node?.type === 'Identifier' || node?.type === 'StringLiteral' ? String(node.value) : undefined;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

function child(node: Node | undefined, key: string): Node | undefined {
  const value = node?.[key];
  return isNode(value) ? value : undefined;
}

function children(node: object): readonly Node[] {
  return Object.values(node).flatMap((value: unknown) => {
    if (Array.isArray(value)) return value.flatMap((item: unknown) => (isNode(item) ? [item] : children(Object(item))));
    if (isNode(value)) return [value];
    return typeof value === 'object' && value !== null ? children(value) : [];
  });
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const each of children(node)) walk(each, visit);
}
