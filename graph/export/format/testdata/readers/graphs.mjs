// Readers of graphology and cytoscape.
import { readFileSync } from "node:fs";

export const text = file => readFileSync(file, "utf8");

// dom makes the globals that tools of browsers look for.
export async function dom() {
  const { JSDOM } = await import("jsdom");
  const { window } = new JSDOM("");
  Object.assign(globalThis, { window, document: window.document, DOMParser: window.DOMParser });
  return window;
}

// hex turns rgb(1,2,3) into #010203.
const hex = color => color?.startsWith("rgb") ? "#" + color.match(/\d+/g).slice(0, 3).map(n => (+n).toString(16).padStart(2, "0")).join("") : color;

// GraphML holds the evidence as JSON in an attribute.
const evidence = a => a.evidence === undefined ? {} : { evidence: JSON.parse(a.evidence) };

function fromGraphology(graph, kinds) {
  const nodes = [], edges = [];
  graph.forEachNode((iri, { y, ...a }) => nodes.push({ iri, ...a, color: hex(a.color), up: y }));
  graph.forEachEdge((iri, a, source, target, _s, _t, undirected) => edges.push({ iri, source, target, ...(kinds ? { directed: !undirected } : { symmetric: false }), ...a, ...evidence(a), color: hex(a.color) }));
  return { nodes, edges };
}

function fromCytoscape(cy) {
  const data = e => { const { id, ...rest } = e.data(); return { iri: id, ...rest }; };
  return { nodes: cy.nodes().map(data), edges: cy.edges().map(data) };
}

// style adds to an element what it looks like.
const styled = (cy, found) => {
  for (const n of found.nodes) {
    const e = cy.getElementById(n.iri);
    n.color = hex(e.style("background-color"));
    n.size = parseFloat(e.style("width"));
    n.label = e.style("label");
    Object.assign(n, e.position());
  }
  for (const n of found.edges) {
    const e = cy.getElementById(n.iri);
    n.color = hex(e.style("line-color"));
    n.dashed = e.style("line-style") === "dashed";
    n.arrow = e.style("target-arrow-shape");
  }
  return found;
};

// A name of an attribute, from key="node_name".
const attribute = key => key.replace(/^(node|edge)_/, "");

export const readers = {
  async gexf(file) {
    await dom();
    const { default: gexf } = await import("graphology-gexf");
    const { MultiGraph } = (await import("graphology")).default;
    return fromGraphology(gexf.parse(MultiGraph, text(file)), true);
  },
  async graphml(file) {
    await dom();
    const { default: graphml } = await import("graphology-graphml");
    const { MultiGraph } = (await import("graphology")).default;
    return fromGraphology(graphml.parse(MultiGraph, text(file)));
  },
  async cytoscape(file) {
    const { default: cytoscape } = await import("cytoscape");
    const cy = cytoscape({ headless: true, styleEnabled: true, ...JSON.parse(text(file)) });
    return styled(cy, fromCytoscape(cy));
  },
  async cytoscapeGraphml(file) {
    const window = await dom();
    const { default: cytoscape } = await import("cytoscape");
    const { default: jquery } = await import("jquery");
    const { default: register } = await import("cytoscape-graphml");
    register(cytoscape, jquery.fn ? jquery : jquery(window));
    const cy = cytoscape({ headless: true });
    cy.graphml({ layoutBy: () => {} });
    cy.graphml(text(file));
    const { nodes, edges } = fromCytoscape(cy);
    const renamed = e => {
      const a = Object.fromEntries(Object.entries(e).map(([key, value]) => [attribute(key), value]));
      return { ...a, ...evidence(a) };
    };
    return { nodes: nodes.map(renamed), edges: edges.map(e => ({ symmetric: "false", ...renamed(e) })) };
  },
};
