// Reads exports with the tool that they are made for and prints what the tool found, as JSON:
//   node read.mjs READER FILE… → [{"nodes": [{iri, label, …}], "edges": [{source, target, …}]}, …]
// An element holds what the tool found of it, under the names of isnad; what has no value is left out.
import { webcrypto } from "node:crypto";
import { readers as graphs } from "./graphs.mjs";
import { readers as rdf } from "./rdf.mjs";
import { readers as texts } from "./texts.mjs";
import { readers as cx } from "./cx2.mjs";
import { readers as cypher } from "./cypher.mjs";

globalThis.crypto ??= webcrypto; // which Node 18, Debian's, does not show by itself

const [name, ...files] = process.argv.slice(2);
const read = { ...graphs, ...rdf, ...texts, ...cx, ...cypher }[name];
const found = [];
for (const file of files) found.push(await read(file));
process.stdout.write(JSON.stringify(found), () => process.exit(0));
