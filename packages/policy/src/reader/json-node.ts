/** Where a value stands: offsets into the text in UTF-16 units, `end` exclusive. */
interface Placed {
  readonly start: number;
  readonly end: number;
}

export interface JsonString extends Placed {
  readonly type: 'string';
  /** Without quotes and with escapes resolved. */
  readonly value: string;
}

export interface JsonNumber extends Placed {
  readonly type: 'number';
  readonly value: number;
}

export interface JsonLiteral extends Placed {
  readonly type: 'literal';
  readonly value: boolean | null;
}

export interface JsonArray extends Placed {
  readonly type: 'array';
  readonly items: readonly JsonNode[];
}

export interface JsonObject extends Placed {
  readonly type: 'object';
  /** In the order of the text. A name that stands twice is here twice. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember extends Placed {
  readonly name: JsonString;
  readonly value: JsonNode;
}

/** A JSON value that knows its place in the text. */
export type JsonNode = JsonString | JsonNumber | JsonLiteral | JsonArray | JsonObject;

/** The member that counts when a name stands twice: the last one, as with `JSON.parse`. */
export const memberOf = (node: JsonNode | null | undefined, name: string): JsonMember | undefined =>
  node?.type === 'object' ? node.members.findLast((member) => member.name.value === name) : undefined;

/** The value as `JSON.parse` would give it. */
export const plainValue = (node: JsonNode): unknown => {
  switch (node.type) {
    case 'array':
      return node.items.map(plainValue);
    case 'object':
      return Object.fromEntries(node.members.map(({ name, value }) => [name.value, plainValue(value)]));
    case 'string':
    case 'number':
    case 'literal':
      return node.value;
  }
};
