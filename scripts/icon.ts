// `node scripts/icon.ts`: media/icon.png from its drawing, as the Marketplace takes no SVG.
import { readFileSync } from "node:fs";
import { chromium } from "playwright-core";
import { inProject } from "./paths.ts";
import { findBrowser } from "./setup/browser.ts";

const size = 256;
const drawing = readFileSync(inProject("media", "source", "icon.svg"), "utf8");
const browser = await chromium.launch({ ...findBrowser(), headless: true });
const page = await browser.newPage({ viewport: { width: size, height: size } });
await page.setContent(`<style>body { margin: 0 } svg { display: block }</style>${drawing}`);
await page.screenshot({ path: inProject("media", "icon.png"), omitBackground: true });
await browser.close();
