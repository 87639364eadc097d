import assert from "node:assert/strict";
import { join } from "node:path";
import { FIRST_HOOKED } from "../../../src/ingest/clients/hookedClients.ts";
import { HookInstaller } from "../../../src/installer/installer.ts";
import { repository } from "./clientRun.ts";

/** Our installer as it acts on one configuration folder. */
export function installerOf(config: string): HookInstaller {
	const place = { env: { CLAUDE_CONFIG_DIR: config }, home: join(config, "..") };
	return new HookInstaller(join(repository, "hooks"), "0.1.0", place);
}

/** Installs every hook into the user's settings of a configuration folder. */
export async function installHooks(config: string): Promise<void> {
	const { added } = await installerOf(config).change({
		action: "install",
		client: FIRST_HOOKED,
		file: join(config, "settings.json"),
		scope: "user",
		confirm: async () => true,
	});
	assert.ok(added > 10);
}
