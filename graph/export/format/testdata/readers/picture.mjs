// Takes a picture of an export in the tool that it is made for, in Chromium:
//   node picture.mjs sigma|cytoscape|mermaid|html FILE PICTURE.png
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [kind, file, picture] = process.argv.slice(2);
const library = name => ({ path: fileURLToPath(new URL("node_modules/" + name, import.meta.url)) });
const profile = mkdtempSync(join(tmpdir(), "isnad-picture-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: "/usr/bin/chromium", headless: true, viewport: kind === "html" ? { width: 1250, height: 640 } : { width: 1000, height: 750 },
  args: ["--no-sandbox", "--enable-unsafe-swiftshader", "--use-angle=swiftshader", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage();
page.on("pageerror", e => { console.error(e.message); process.exitCode = 1; });
const blank = '<!DOCTYPE html><meta charset="utf-8"><style>body{margin:0;background:#fff}#at{width:1000px;height:750px}</style><div id="at"></div>';

const tools = {
  // GEXF, as its places, colours and sizes are.
  async sigma() {
    await page.setContent(blank);
    for (const name of ["graphology/dist/graphology.umd.min.js", "graphology-library/dist/graphology-library.min.js", "sigma/dist/sigma.min.js"]) await page.addScriptTag(library(name));
    await page.evaluate(text => {
      const graph = graphologyLibrary.gexf.parse(graphology.MultiGraph, text);
      graph.updateEachNodeAttributes((_, a) => ({ ...a, size: a.size / 4 }));
      graph.updateEachEdgeAttributes((_, a) => ({ ...a, size: 1, type: "arrow" }));
      window.sigma = new Sigma(graph, document.getElementById("at"), {
        labelFont: "Noto Naskh Arabic, Noto Sans Arabic, DejaVu Sans, sans-serif", labelSize: 14, labelRenderedSizeThreshold: 4,
        edgeReducer: (_, a) => ({ ...a, color: a.color === "rgb(102,102,102)" || a.color === "#666666" ? "#bbb" : a.color }),
      });
    }, readFileSync(file, "utf8"));
  },
  // Cytoscape.js JSON, as it stands.
  async cytoscape() {
    await page.setContent(blank);
    await page.addScriptTag(library("cytoscape/dist/cytoscape.min.js"));
    await page.evaluate(json => { window.cy = cytoscape({ container: document.getElementById("at"), ...json }); }, JSON.parse(readFileSync(file, "utf8")));
  },
  // Mermaid, as a page with Markdown shows it.
  async mermaid() {
    await page.setContent(blank);
    await page.addScriptTag(library("mermaid/dist/mermaid.min.js"));
    await page.evaluate(async text => {
      const { svg } = await mermaid.render("drawn", text);
      document.getElementById("at").innerHTML = svg;
    }, readFileSync(file, "utf8"));
  },
  async html() { await page.goto(pathToFileURL(resolve(file)).href); },
};
await tools[kind]();
await page.waitForTimeout(700); // for the drawing, which no event ends
await (kind === "mermaid" ? page.locator("svg") : page).screenshot({ path: picture });
await browser.close();
rmSync(profile, { recursive: true, force: true });
