// Reads Cypher with the parser of Neo4j's language support, a statement a line.
import { text } from "./graphs.mjs";

const escapes = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };
const unquote = s => s.slice(1, -1).replace(/\\(u[0-9a-fA-F]{4}|.)/gs, (_, c) => c[0] === "u" && c.length > 1 ? String.fromCharCode(parseInt(c.slice(1), 16)) : escapes[c] ?? c);
const name = s => s.startsWith("`") ? s.slice(1, -1).replaceAll("``", "`") : s;

const children = tree => tree.children ?? [];
const leaves = tree => children(tree).length ? children(tree).flatMap(leaves) : [tree.name];
function* all(tree, rule) {
  if (tree.name === rule) yield tree;
  for (const child of children(tree)) yield* all(child, rule);
}

// value reads a string, a number, a truth value, a list of these, or date('…').
function value(tree) {
  const tokens = leaves(tree);
  const one = t => t.startsWith("'") || t.startsWith('"') ? unquote(t) : t === "true" || t === "false" ? t === "true" : Number(t);
  if (tokens[0] === "[") return tokens.slice(1, -1).filter(t => t !== ",").map(one);
  if (tokens.includes("date")) {
    const day = one(tokens[tokens.indexOf("(") + 1]);
    if (!/^\d{4}-\d\d-\d\d$/.test(day)) throw new Error(`${day} is no date`);
    return day;
  }
  if (tokens[0] === "-") return -one(tokens[1]);
  return one(tokens[0]);
}

function properties(tree) {
  const out = {};
  for (const map of all(tree, "map")) {
    let at = "";
    for (const child of children(map)) {
      if (child.name === "propertyKeyName") at = name(leaves(child).join(""));
      else if (child.name === "expression") out[at] = value(child);
    }
  }
  return out;
}

// joined writes lists as the formats do that have none.
function joined(properties) {
  const text = (key, v) => Array.isArray(v) ? v.join(key === "quotes" ? "\n" : " | ") : v;
  return Object.fromEntries(Object.entries(properties).map(([key, v]) => [key, text(key, v)]));
}

// So many statements are also held to what Cypher means, which takes a quarter of a second each.
let meant = 16;

export const readers = {
  async cypher(file) {
    const { CypherLanguageService, lintCypherQuery, getDebugTree } = await import("@neo4j-cypher/language-support");
    const source = text(file).trimEnd().replace(/;$/, ""), lines = source.split("\n");
    const parsed = new CypherLanguageService().parse(source).statementsParsing, trees = children(getDebugTree(source));
    const wrong = lines.find((line, i) => parsed[i].parser.numberOfSyntaxErrors > 0 || meant-- > 0 && means(lintCypherQuery(line, {})));
    if (wrong !== undefined || parsed.length !== lines.length) throw new Error(wrong + ": " + means(lintCypherQuery(wrong ?? "", {})));
    const nodes = [], edges = [];
    for (const [i, line] of lines.entries()) {
      if (line.startsWith("MERGE")) nodes.push(node(trees[i]));
      else if (line.startsWith("MATCH")) edges.push(edge(trees[i]));
      else if (!line.startsWith("CREATE CONSTRAINT")) throw new Error(line);
    }
    return { nodes, edges };
  },
};

// means returns what is wrong with a statement, but that a database is missing here.
const means = ({ diagnostics }) => diagnostics.find(d => d.severity === 1 && !/not (present|available|found)/.test(d.message))?.message;

function node(tree) {
  const { name: label, ...rest } = joined(properties(tree)), classes = [...all(tree, "setItem")].map(leaves).find(l => l.includes(":"));
  return { ...rest, label, class: name(classes[classes.indexOf(":") + 1]) };
}

function edge(tree) {
  const [source, target] = [...all(tree, "nodePattern")].map(p => properties(p).iri);
  const [pattern] = [...all(tree, "relationshipPattern")].map(leaves); // - [ r : `MET` …
  return { ...joined(properties(tree)), source, target, type: name(pattern[pattern.indexOf(":") + 1]) };
}
