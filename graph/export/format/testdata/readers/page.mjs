// Uses an HTML export in Chromium as a reader does and prints what was seen, as JSON:
//   node page.mjs FILE QUERY… → {"listed": [{id, label, direction}], "found": {query: [id]},
//   "details": {id: {heading, direction, quotes}}, "labels", "drawn", "strayed": […]}
// With PICTURE set to a file name, it takes a screenshot too.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, ...queries] = process.argv.slice(2);
const profile = mkdtempSync(join(tmpdir(), "isnad-page-"));
const browser = await chromium.launchPersistentContext(profile, {
  executablePath: "/usr/bin/chromium", headless: true, viewport: { width: 1400, height: 900 },
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage(), address = pathToFileURL(resolve(file)).href, strayed = [];
page.on("pageerror", e => strayed.push("error: " + e.message));
page.on("console", m => { if (m.type() === "error") strayed.push("console: " + m.text()); });
page.on("dialog", d => { strayed.push("dialog: " + d.message()); d.dismiss(); });
page.on("request", r => { if (r.url() !== address) strayed.push("request: " + r.url()); });
await page.goto(address);

const entries = () => page.$$eval("#list button", buttons => buttons.map(b => {
  const name = b.querySelector("span");
  return { id: b.dataset.id, label: name.textContent, direction: getComputedStyle(name).direction };
}));
// A label starts on the right if it runs from right to left.
const labels = await page.$$eval("#graph text", texts => texts.filter(t => t.getNumberOfChars() > 1).map(t => ({
  label: t.textContent, direction: t.getStartPositionOfChar(0).x > t.getStartPositionOfChar(t.getNumberOfChars() - 1).x ? "rtl" : "ltr",
})));
const listed = await entries(), found = {}, details = {};
for (const query of queries) {
  await page.fill("#search", query);
  found[query] = (await entries()).map(e => e.id);
}
await page.fill("#search", "");
for (let i = 0; i < listed.length; i++) {
  await page.locator("#list button").nth(i).click();
  details[listed[i].id] = await page.$eval("#detail", d => {
    const heading = d.querySelector("h2");
    return {
      heading: heading.textContent, direction: getComputedStyle(heading).direction,
      lines: [...d.querySelectorAll("div:has(> .meta)")].map(l => l.textContent),
      quotes: [...d.querySelectorAll("blockquote > div")].map(q => q.textContent),
      links: [...d.querySelectorAll("blockquote a")].map(a => a.getAttribute("href")),
    };
  });
}
const seen = await page.evaluate(() => ({
  drawn: document.querySelectorAll("#graph circle").length,
  scripts: document.scripts.length, images: document.images.length, ran: typeof window.ran,
}));
if (seen.scripts !== 2 || seen.images !== 0 || seen.ran !== "undefined") strayed.push("a name broke out: " + JSON.stringify(seen));
if (process.env.PICTURE) {
  await page.locator("#list button").first().click();
  await page.screenshot({ path: process.env.PICTURE });
}
console.log(JSON.stringify({ listed, found, details, labels, drawn: seen.drawn, strayed }));
await browser.close();
rmSync(profile, { recursive: true, force: true });
