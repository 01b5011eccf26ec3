// Holds CX2 to its schema and to the rules of the specification that a schema cannot say, and reads it.
import { fileURLToPath } from "node:url";
import { text } from "./graphs.mjs";

const rule = (holds, says) => { if (!holds) throw new Error(says); };

const types = {
  string: v => typeof v === "string",
  boolean: v => typeof v === "boolean",
  double: v => typeof v === "number",
  integer: v => Number.isInteger(v) && Math.abs(v) < 2 ** 31,
  long: v => Number.isSafeInteger(v),
};
const fits = (type, v) => type.startsWith("list_of_") ? Array.isArray(v) && v.every(types[type.slice(8)]) : types[type](v);

// attributes of an element under their full names, with defaults filled in, each of its declared type.
function attributes(element, declared, what) {
  const named = new Map(Object.entries(declared).map(([name, d]) => [d.a ?? name, [name, d.d ?? "string"]])), out = {};
  for (const [name, d] of Object.entries(declared)) if (d.v !== undefined) out[name] = d.v;
  for (const [short, v] of Object.entries(element)) {
    rule(named.has(short), `${what}: ${short} is used and not declared`);
    const [name, type] = named.get(short);
    rule(fits(type, v), `${what}: ${short}=${JSON.stringify(v)} is no ${type}`);
    out[name] = v;
  }
  return out;
}

function unique(elements, what) {
  const ids = new Set(elements.map(e => e.id));
  rule(ids.size === elements.length, `two ${what} have one id`);
  return ids;
}

// style resolves what an element looks like: the default, then what is mapped.
function style(mapping, defaults, v) {
  const out = { ...defaults };
  for (const [property, { type, definition }] of Object.entries(mapping ?? {})) {
    const value = v[definition.attribute];
    if (value === undefined) continue;
    if (type === "PASSTHROUGH") out[property] = value;
    if (type === "DISCRETE") out[property] = definition.map.find(m => m.v === value)?.vp ?? out[property];
  }
  return out;
}

function checkOrder(document) {
  const names = document.slice(1).map(block => Object.keys(block)[0]);
  rule(new Set(names).size === names.length, "an aspect comes twice in a document without fragments");
  rule(names.at(-1) === "status", "status is not last");
  rule(names[0] === "metaData", "metadata is not first");
  rule(names.indexOf("attributeDeclarations") < Math.min(names.indexOf("nodes"), names.indexOf("edges")), "attributes are used before they are declared");
  rule(names.indexOf("nodes") < names.indexOf("edges"), "edges come before nodes");
}

function checkCounts(aspects) {
  for (const { name, elementCount } of aspects.metaData) {
    rule(aspects[name], `metadata names ${name}, which is missing`);
    rule(elementCount === aspects[name].length, `${name} has ${aspects[name].length} elements, not ${elementCount}`);
  }
  for (const name of Object.keys(aspects)) rule(name === "metaData" || name === "status" || aspects.metaData.some(m => m.name === name), `${name} is not in the metadata`);
}

function checkMappings(mapping, declared) {
  for (const [property, { type, definition: { attribute, type: passed } }] of Object.entries(mapping ?? {})) {
    rule(declared[attribute], `${property} is mapped from ${attribute}, which is not declared`);
    rule(type !== "PASSTHROUGH" || !passed || passed === declared[attribute].d, `${property} passes ${attribute} as ${passed}`);
  }
}

export const readers = {
  async cx2(file) {
    const { default: Ajv } = await import("ajv");
    const schema = JSON.parse(text(fileURLToPath(new URL("cx2.schema.json", import.meta.url))));
    const ajv = new Ajv({ allErrors: false, strict: false }), document = JSON.parse(text(file));
    rule(ajv.validate(schema, document), ajv.errorsText());
    const aspects = Object.assign({}, ...document.slice(1));
    checkOrder(document);
    checkCounts(aspects);
    rule(aspects.status[0].success && !aspects.status[0].error, "not successful");
    const [declared] = aspects.attributeDeclarations, [visual] = aspects.visualProperties;
    checkMappings(visual.nodeMapping, declared.nodes);
    checkMappings(visual.edgeMapping, declared.edges);
    attributes(aspects.networkAttributes[0], declared.networkAttributes, "network");
    const nodeIds = unique(aspects.nodes, "nodes");
    unique(aspects.edges, "edges");
    rule(new Set(aspects.nodes.map(n => "x" in n)).size < 2, "some nodes have a place and some have none");

    // With the values of mapped attributes put in, styles must be of the schema too.
    const styles = kind => ajv.compile({ definitions: schema.definitions, $ref: `#/definitions/${kind}` });
    const [nodeStyle, edgeStyle] = ["nodeStyle", "edgeStyle"].map(styles);
    const check = (valid, s) => rule(valid(s), `${ajv.errorsText(valid.errors)}: ${JSON.stringify(s)}`);
    const iris = new Map(), nodes = [], edges = [];
    for (const n of aspects.nodes) {
      const { iri, name: label, ...rest } = attributes(n.v ?? {}, declared.nodes, "nodes");
      iris.set(n.id, iri);
      const s = style(visual.nodeMapping, visual.default?.node, { iri, name: label, ...rest });
      nodes.push({ iri, ...rest, label: s.NODE_LABEL, color: s.NODE_BACKGROUND_COLOR, size: s.NODE_WIDTH, shape: s.NODE_SHAPE, x: n.x, y: n.y });
      check(nodeStyle, s);
    }
    for (const e of aspects.edges) {
      rule(nodeIds.has(e.s) && nodeIds.has(e.t), `an edge from ${e.s} to ${e.t}`);
      const v = attributes(e.v ?? {}, declared.edges, "edges");
      const s = style(visual.edgeMapping, visual.default?.edge, v), { iri, interaction, ...rest } = v;
      edges.push({ iri, source: iris.get(e.s), target: iris.get(e.t), ...rest, label: s.EDGE_LABEL, color: s.EDGE_LINE_COLOR, dashed: s.EDGE_LINE_STYLE === "dashed",
        arrow: s.EDGE_TARGET_ARROW_SHAPE });
      check(edgeStyle, s);
    }
    return { nodes, edges };
  },
};
