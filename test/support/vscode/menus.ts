import type { Locator, Page } from "playwright-core";

const ATTEMPTS = 5;
/** Milliseconds for each step of the first attempt; each further one has as much more. */
const ATTEMPT_TIMEOUT = 4_000;
/** Milliseconds after which what is still there has taken no notice of a click. */
const CLICK_TIMEOUT = 500;

export interface MenuChoice {
	/** Opens the menu; may be called again. Each wait in it ends after so many ms. */
	open(timeout: number): Promise<void>;
	/** Text of the item. */
	readonly item: string;
	/** Resolves once the item's command has done something that can be seen, rejects after so many ms. */
	tookEffect(timeout: number): Promise<unknown>;
}

/**
 * Chooses an item of a menu of the workbench, and tries again where it had no effect: a menu takes no
 * click in its first moments, and goes without a word when something else takes the focus, as a
 * webview does that is being loaded.
 */
export async function chooseFromMenu(page: Page, choice: MenuChoice): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		const timeout = attempt * ATTEMPT_TIMEOUT;
		try {
			await clickItem(page, choice, timeout);
			await choice.tookEffect(timeout);
			return;
		} catch (error) {
			if (attempt === ATTEMPTS) throw error;
		}
	}
}

async function clickItem(page: Page, { open, item }: MenuChoice, timeout: number): Promise<void> {
	const menu = page.locator(".monaco-menu-container");
	if (!(await menu.isVisible())) await open(timeout);
	await menu.getByText(item).waitFor({ timeout });
	await clickUntilGone(menu.getByText(item));
}

/** Chooses an entry of the list that the workbench asks with. */
export async function chooseFromList(page: Page, entry: RegExp): Promise<void> {
	const labels = page.locator(".quick-input-widget .monaco-list-row .label-name");
	const label = labels.filter({ hasText: entry }).first();
	await label.waitFor();
	await clickUntilGone(label);
}

/** It may also go by itself, at the moment at which it is to be clicked. */
async function clickUntilGone(choice: Locator): Promise<void> {
	while (await choice.isVisible()) {
		await choice.click({ timeout: ATTEMPT_TIMEOUT }).catch(() => {});
		await choice.waitFor({ state: "hidden", timeout: CLICK_TIMEOUT }).catch(() => {});
	}
}
