// Readers of Mermaid, Markdown and FollowTheMoney.
import { dom, text } from "./graphs.mjs";

// characters turns Mermaid's entities, which it keeps as ﬂ°°60¶ß, into what they stand for.
const characters = s => (s ?? "").replace(/ﬂ°°(\d+)¶ß/g, (_, n) => String.fromCodePoint(+n))
  .replace(/ﬂ°(\w+)¶ß/g, (_, n) => ({ quot: '"', lt: "<", gt: ">", amp: "&" })[n]);
const capital = s => s[0].toUpperCase() + s.slice(1);

// words returns the text of inline Markdown; anything but text, escapes and strong is a name that broke out.
function words(tokens) {
  return tokens.map(t => {
    if (t.type === "strong" || t.type === "text" && t.tokens) return words(t.tokens);
    if (t.type === "escape" || t.type === "link" && t.raw === `<${t.text}>`) return t.text;
    if (t.type === "text") return t.raw.replace(/&(lt|gt|amp|quot|#39);/g, (_, n) => ({ lt: "<", gt: ">", amp: "&", quot: '"', "#39": "'" })[n]);
    throw new Error(`${t.type}: ${t.raw}`);
  }).join("");
}

export const readers = {
  async mermaid(file) {
    await dom();
    const { default: mermaid } = await import("mermaid");
    await mermaid.parse(text(file)); // which loads what the kind of diagram needs
    const { db } = await mermaid.mermaidAPI.getDiagramFromText(text(file));
    const nodes = [], edges = [], number = id => id.slice(1);
    for (const [id, v] of db.getVertices()) nodes.push({ iri: number(id), label: characters(v.text), class: capital(v.classes[0]) });
    for (const e of db.getEdges()) {
      edges.push({ source: number(e.start), target: number(e.end), label: characters(e.text), directed: e.type === "arrow_point", dashed: e.stroke === "dotted" });
    }
    return { nodes, edges };
  },

  // A dossier has a heading for each entity, an item for each statement and a quotation for each piece of evidence.
  async markdown(file) {
    const { marked } = await import("marked");
    const nodes = [], edges = [];
    for (const token of marked.lexer(text(file))) {
      if (token.type === "heading" && token.depth === 2) nodes.push({ iri: String(nodes.length), label: words(token.tokens) });
      else if (token.type === "paragraph") nodes.at(-1).about = words(token.tokens);
      else if (token.type === "list") {
        for (const item of token.items) {
          const [line, ...quoted] = item.tokens.filter(t => t.type !== "space");
          const [label, ...rest] = line.tokens ?? [];
          const quotes = quoted.flatMap(q => q.tokens).filter(t => t.type !== "space").map(t => words(t.tokens)).join("\n");
          edges.push({ source: nodes.at(-1).iri, label: words([label]), said: words(rest).trim(), ...(quotes ? { quotes } : {}) });
        }
      } else if (token.type !== "space" && !(token.type === "heading" && token.depth === 1)) throw new Error(`${token.type}: ${token.raw}`);
    }
    return { nodes, edges };
  },

  async ftm(file) {
    const { Model, defaultModel } = await import("@alephdata/followthemoney");
    const model = new Model(defaultModel), found = text(file).split("\n").filter(Boolean).map(line => JSON.parse(line));
    const schemata = new Map(found.map(e => [e.id, model.getSchema(e.schema)]));
    const nodes = [], edges = [], articles = new Map();
    for (const data of found) {
      check(model, data, schemata);
      const schema = schemata.get(data.id), p = data.properties;
      if (data.schema === "Article") articles.set(data.id, data);
      else if (schema.edge) {
        const { source, target } = schema.edge;
        edges.push({ ftm: data.id, from: p[source][0], to: p[target][0], label: (p.role ?? p.relationship)[0], date: p.date?.[0], quotes: p.description?.join("\n") });
      } else nodes.push({ ftm: data.id, label: model.getEntity(data).getCaption(), aliases: p.alias });
    }
    return { nodes, edges };
  },
};

// What values the types of properties take.
const kinds = {
  date: v => /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:?\d\d)?)?)?)?$/.test(v),
  url: v => /^https?:\/\/[^\s]+$/.test(v),
  country: v => /^[a-z]{2}(-[a-z]+)?$/.test(v),
  number: v => /^-?[\d.,]+$/.test(v),
  identifier: v => v.trim() === v,
};

// check holds an entity to its schema: properties that it has, those that it must have, and
// values of their types; an entity that is referred to exists and is of the range.
function check(model, data, schemata) {
  const schema = schemata.get(data.id), properties = schema.getProperties();
  for (const name of schema.required) if (!data.properties[name]?.length) throw new Error(`${data.schema} lacks ${name}: ${JSON.stringify(data)}`);
  for (const [name, values] of Object.entries(data.properties)) {
    const property = properties.get(name);
    if (!property || property.stub) throw new Error(`${data.schema} has no ${name}`);
    for (const v of values) {
      if (typeof v !== "string" || !v) throw new Error(`${data.schema}.${name} is ${JSON.stringify(v)}`);
      if (kinds[property.type.name] && !kinds[property.type.name](v)) throw new Error(`${data.schema}.${name} is ${v}, no ${property.type.name}`);
      if (property.type.name === "entity" && !schemata.get(v)?.isA(property.range)) throw new Error(`${data.schema}.${name} is no ${property.range}: ${schemata.get(v)?.name}`);
    }
  }
}
