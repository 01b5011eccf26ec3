// Reads an export with the tool it is made for and prints what the tool found, as JSON:
//   node read.mjs FORMAT FILE → {"nodes": {id: label}, "edges": [[source, target, label]]}
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const dom = new JSDOM("");
const text = name => readFileSync(name, "utf8");

function fromGraphology(graph) {
  const nodes = {}, edges = [];
  graph.forEachNode((id, a) => { nodes[id] = a.label ?? ""; });
  graph.forEachEdge((id, a, s, t) => edges.push([s, t, a.label ?? ""]));
  return { nodes, edges };
}

function fromCytoscape(cy) {
  const nodes = {}, edges = [];
  cy.nodes().forEach(n => { nodes[n.id()] = n.data("label") ?? ""; });
  cy.edges().forEach(e => edges.push([e.data("source"), e.data("target"), e.data("label") ?? ""]));
  return { nodes, edges };
}

// fromQuads counts what RDF readers must agree upon.
function fromQuads(quads) {
  const nodes = {}, edges = [];
  const label = "http://www.w3.org/2000/01/rdf-schema#label";
  for (const q of quads) {
    const s = q.subject.value, p = q.predicate.value;
    if (p === label && q.object.language === "ar") nodes[s] = q.object.value;
    if (p.startsWith("isnad:")) edges.push([s, q.object.value, p]);
  }
  return { nodes, edges, quads: quads.length };
}

const readers = {
  async gexf(file) {
    const { default: gexf } = await import("graphology-gexf");
    const { MultiGraph } = (await import("graphology")).default;
    globalThis.DOMParser = dom.window.DOMParser;
    return fromGraphology(gexf.parse(MultiGraph, text(file)));
  },
  async graphml(file) {
    const { default: graphml } = await import("graphology-graphml");
    const { MultiGraph } = (await import("graphology")).default;
    return fromGraphology(graphml.parse(MultiGraph, text(file)));
  },
  async cytoscape(file) {
    const { default: cytoscape } = await import("cytoscape");
    return fromCytoscape(cytoscape({ headless: true, styleEnabled: true, ...JSON.parse(text(file)) }));
  },
  async turtle(file) {
    const { Parser } = (await import("n3")).default;
    return fromQuads(new Parser({ format: "text/turtle" }).parse(text(file)));
  },
  async nquads(file) {
    const { Parser } = (await import("n3")).default;
    return fromQuads(new Parser({ format: "application/n-quads" }).parse(text(file)));
  },
  async jsonld(file) {
    const { default: jsonld } = await import("jsonld");
    const { Parser } = (await import("n3")).default;
    const nquads = await jsonld.toRDF(JSON.parse(text(file)), { format: "application/n-quads" });
    return fromQuads(new Parser({ format: "application/n-quads" }).parse(nquads));
  },
  async oxigraph(file) {
    const { default: oxigraph } = await import("oxigraph");
    const store = new oxigraph.Store();
    store.load(text(file), { format: file.endsWith(".nq") ? "application/n-quads" : file.endsWith(".jsonld") ? "application/ld+json" : "text/turtle" });
    return fromQuads(store.match());
  },
  async cypher(file) {
    const { lintCypherQuery, parse } = await import("@neo4j-cypher/language-support");
    const found = { nodes: {}, edges: [] };
    for (const line of text(file).split("\n").filter(Boolean)) {
      const { diagnostics } = lintCypherQuery(line, {});
      const wrong = diagnostics.filter(d => d.severity === 1 && !/not (present|available|found)/.test(d.message));
      if (wrong.length) throw new Error(line + ": " + wrong[0].message);
      if (line.startsWith("MERGE")) found.nodes[found.count = (found.count ?? 0) + 1] = "";
      if (line.startsWith("MATCH")) found.edges.push([]);
    }
    return found;
  },
  async mermaid(file) {
    globalThis.window = dom.window;
    globalThis.document = dom.window.document;
    const { default: mermaid } = await import("mermaid");
    await mermaid.parse(text(file)); // which loads what the kind of diagram needs
    const diagram = await mermaid.mermaidAPI.getDiagramFromText(text(file));
    const nodes = {};
    for (const [id, v] of diagram.db.getVertices()) nodes[id] = v.text ?? "";
    return { nodes, edges: diagram.db.getEdges().map(e => [e.start, e.end, e.text]) };
  },
  async ftm(file) {
    const { Model, defaultModel } = await import("@alephdata/followthemoney");
    const model = new Model(defaultModel);
    const found = { nodes: {}, edges: [] };
    for (const line of text(file).split("\n").filter(Boolean)) {
      const data = JSON.parse(line), schema = model.getSchema(data.schema);
      for (const name of Object.keys(data.properties)) if (!schema.getProperties().has(name)) throw new Error(`${data.schema} has no ${name}`);
      for (const name of schema.required) if (!data.properties[name]) throw new Error(`${data.schema} lacks ${name}: ${line}`);
      const entity = model.getEntity(data);
      if (schema.edge) found.edges.push([entity.id]);
      else if (data.schema !== "Article") found.nodes[entity.id] = entity.getCaption();
    }
    return found;
  },
};

const [format, file] = process.argv.slice(2);
console.log(JSON.stringify(await readers[format](file)));
process.exit(0);
