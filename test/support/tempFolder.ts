import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** A fresh folder for one suite, removed behind it. Call within `describe`. */
export function useTempFolder(): { readonly path: string; file(name: string): string } {
	const folder = {
		path: "",
		file: (name: string) => path.join(folder.path, name),
	};
	beforeEach(() => {
		folder.path = mkdtempSync(path.join(tmpdir(), "agent-live-graph-"));
	});
	afterEach(() => rmSync(folder.path, { recursive: true, force: true }));
	return folder;
}
