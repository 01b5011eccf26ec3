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
const meant = 8;

export const readers = {
  async cypher(file) {
    const { CypherLanguageService, lintCypherQuery, getDebugTree } = await import("@neo4j-cypher/language-support");
    const service = new CypherLanguageService(), nodes = [], edges = [];
    for (const [i, line] of text(file).split("\n").filter(Boolean).entries()) {
      const right = service.parse(line.replace(/;$/, "")).statementsParsing.every(s => s.parser.numberOfSyntaxErrors === 0);
      const wrong = right && i >= meant ? [] : lintCypherQuery(line, {}).diagnostics.filter(d => d.severity === 1 && !/not (present|available|found)/.test(d.message));
      if (!right || wrong.length) throw new Error(line + ": " + wrong[0]?.message);
      const tree = getDebugTree(line);
      if (line.startsWith("MERGE")) {
        const label = [...all(tree, "setItem")].map(leaves).find(l => l.includes(":"));
        const { name: title, ...rest } = properties(tree);
        nodes.push({ ...joined(rest),  label: title, class: name(label[label.indexOf(":") + 1]) });
      } else if (line.startsWith("MATCH")) {
        const [source, target] = [...all(tree, "nodePattern")].map(p => properties(p).iri);
        const pattern = [...all(tree, "relationshipPattern")][0];
        const type = leaves(pattern); // - [ r : `MET` …
        edges.push({ ...joined(properties(tree)), source, target, type: name(type[type.indexOf(":") + 1]) });
      } else if (!line.startsWith("CREATE CONSTRAINT")) throw new Error(line);
    }
    return { nodes, edges };
  },
};
