import { create } from 'xmlbuilder2';

export type FoundElement = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly FoundElement[];
  readonly text: string;
};

type XmlNode = {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly nodeValue: string;
  readonly childNodes: Iterable<XmlNode>;
  readonly attributes?: Iterable<{ readonly name: string; readonly value: string }>;
};

/** An XML document as elements, by a parser that is not our writer. */
export function readXml(xml: string): FoundElement {
  const walk = (node: XmlNode): FoundElement => {
    const nodes = [...node.childNodes];
    return {
      name: node.nodeName,
      attributes: Object.fromEntries([...(node.attributes ?? [])].map(({ name, value }) => [name, value])),
      children: nodes.filter((child) => child.nodeType === 1).map(walk),
      text: nodes
        .flatMap((child) => (child.nodeType === 3 ? child.nodeValue : []))
        .join('')
        .trim(),
    };
  };
  return walk(create(xml).root().node as unknown as XmlNode);
}

export function elementsOf(found: FoundElement, name: string): readonly FoundElement[] {
  return found.name === name ? [found] : found.children.flatMap((child) => elementsOf(child, name));
}

export function textsOf(found: FoundElement, name: string): readonly string[] {
  return elementsOf(found, name).map(({ text }) => text);
}
