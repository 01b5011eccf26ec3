// Readers of n3, jsonld and oxigraph, which must agree upon the meaning of the terms.
import { text } from "./graphs.mjs";

const rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", rdfs = "http://www.w3.org/2000/01/rdf-schema#", skos = "http://www.w3.org/2004/02/skos/core#",
  xsd = "http://www.w3.org/2001/XMLSchema#", prov = "http://www.w3.org/ns/prov#", dcterms = "http://purl.org/dc/terms/", sanad = "sanad:";

const key = term => term.termType === "BlankNode" ? "_:" + term.value : term.value;

// value reads a literal by its type and holds a date to the type of its precision.
function value(term) {
  const type = term.datatype?.value.replace(xsd, "xsd:");
  if (type === "xsd:integer" || type === "xsd:double") return Number(term.value);
  const precision = { "xsd:gYear": /^\d{4}$/, "xsd:gYearMonth": /^\d{4}-\d\d$/, "xsd:date": /^\d{4}-\d\d-\d\d$/ }[type];
  if (type?.startsWith("xsd:") && type !== "xsd:string" && !precision?.test(term.value)) throw new Error(`${term.value} is no ${type}`);
  return term.value;
}

class Resources {
  constructor(quads) {
    this.of = new Map();
    this.named = undefined; // whether plain triples stand in named graphs
    this.triples = new Map(); // the graphs that hold a plain triple
    for (const q of quads) {
      const s = key(q.subject), p = q.predicate.value;
      if (p.startsWith("isnad:")) {
        const spo = [s, p, key(q.object)].join("\n");
        this.triples.set(spo, [...this.triples.get(spo) ?? [], q.graph?.value ?? ""]);
        if (q.graph?.value) this.named = true;
        continue;
      }
      const r = this.of.get(s) ?? this.of.set(s, new Map()).get(s), objects = r.get(p) ?? r.set(p, []).get(p);
      if (!objects.some(o => o.equals ? o.equals(q.object) : o === q.object)) objects.push(q.object); // a parser keeps what stands twice
    }
  }
  objects(s, p) { return this.of.get(s)?.get(p) ?? []; }
  one(s, p) {
    const all = this.objects(s, p);
    if (all.length > 1) throw new Error(`${s} has ${all.length} of ${p}`);
    return all.length ? value(all[0]) : undefined;
  }
}

const label = (r, s, language) => r.objects(s, rdfs + "label").find(o => o.language === language)?.value;
const list = terms => terms.length ? terms.map(value).sort() : undefined;

function evidence(r, quote) {
  const q = key(quote), article = r.one(q, prov + "wasQuotedFrom");
  return {
    quote: r.one(q, prov + "value"), saidBy: r.one(q, sanad + "saidBy"), iri: article,
    article: r.one(article, dcterms + "identifier"), title: r.one(article, dcterms + "title"), publisher: r.one(article, dcterms + "publisher"),
    published: r.one(article, dcterms + "issued"), url: r.one(article, dcterms + "source"),
  };
}

function statement(r, s) {
  let [subject, predicate, object] = ["subject", "predicate", "object"].map(p => r.objects(s, rdf + p)[0]);
  const reified = r.objects(s, rdf + "reifies")[0];
  if (reified) ({ subject, predicate, object } = reified);
  const graphs = r.triples.get([key(subject), predicate.value, key(object)].join("\n")) ?? [];
  const quotes = r.objects(s, prov + "wasDerivedFrom").map(q => evidence(r, q));
  return {
    iri: s, source: key(subject), predicate: predicate.value.replace("isnad:", ""), [object.termType === "Literal" ? "value" : "target"]: object.value,
    status: r.one(s, sanad + "status"), confidence: r.one(s, sanad + "confidence"), sources: r.one(s, sanad + "sources"), date: r.one(s, sanad + "date"),
    place_set: list(r.objects(s, sanad + "place")), stated: graphs.length > 0, named: r.named && graphs.includes(s), evidence: quotes.length ? quotes : undefined,
  };
}

function fromQuads(quads) {
  const r = new Resources(quads), nodes = [], edges = [];
  for (const [s, properties] of r.of) {
    if (properties.has(sanad + "status")) edges.push(statement(r, s));
    if (!properties.has(sanad + "articleCount")) continue;
    nodes.push({
      iri: s, class: r.objects(s, rdf + "type")[0].value.replace("isnad:", ""), label: label(r, s, "ar"), latin: label(r, s, "en"),
      other: list(r.objects(s, skos + "altLabel")), articles: r.one(s, sanad + "articleCount"), mentions: r.one(s, sanad + "mentionCount"),
      first_seen: r.one(s, sanad + "firstSeen"), last_seen: r.one(s, sanad + "lastSeen"),
    });
  }
  return { nodes, edges };
}

const n3 = async (source, format) => new (await import("n3")).default.Parser({ format }).parse(source);
const types = { ttl: "text/turtle", nq: "application/n-quads", nt: "application/n-triples", jsonld: "application/ld+json" };
const type = file => types[file.split(".").at(-1)];

export const readers = {
  // What raptor makes of a file, it writes in N-Triples or N-Quads for another to read.
  async rapper(file) {
    const { execFileSync } = await import("node:child_process");
    const syntax = file.endsWith(".nq") ? "nquads" : "turtle", to = syntax === "nquads" ? "nquads" : "ntriples";
    const quads = execFileSync("rapper", ["-q", "-i", syntax, "-o", to, file, "http://example.org/"], { encoding: "utf8", maxBuffer: 1 << 28 });
    return fromQuads(await n3(quads, types.nq));
  },
  async n3(file) { return fromQuads(await n3(text(file), type(file))); },
  async jsonld(file) {
    const { default: jsonld } = await import("jsonld");
    return fromQuads(await n3(await jsonld.toRDF(JSON.parse(text(file)), { format: types.nq }), types.nq));
  },
  async oxigraph(file) {
    const { default: oxigraph } = await import("oxigraph");
    const store = new oxigraph.Store();
    store.load(text(file), { format: type(file) });
    return fromQuads(store.match());
  },
};
