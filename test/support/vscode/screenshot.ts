import { join } from "node:path";
import type { Page } from "playwright-core";
import { outFolder } from "../../../scripts/paths.ts";

/** Saves what the window shows to out/screenshots, for people to look at. */
export async function saveScreenshot(page: Page, name: string): Promise<void> {
	await page.screenshot({ path: join(outFolder, "screenshots", `${name}.png`) });
}
