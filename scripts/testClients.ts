// `npm run test:clients [-- <client>... --write]`: the proof on every real client, in some minutes.
import { build } from "./build.ts";
import { runNode } from "./runner/childRun.ts";
import { isolate } from "./runner/isolation.ts";
import { claudeClientStep } from "./setup/claudeClient.ts";
import { setUpOrExit } from "./setup/everything.ts";
import { clientStep, otherClients } from "./setup/otherClients.ts";

/** For all clients in all runs, ms. */
const LIMIT = 60 * 60_000;

await setUpOrExit([claudeClientStep, ...otherClients.map(clientStep)]);
await build();
const home = isolate();
try {
	const script = "test/support/client/clients/proveAll.ts";
	const { code } = await runNode([script, ...process.argv.slice(2)], {
		env: home.env,
		limit: LIMIT,
	});
	process.exitCode = code ?? 1;
} finally {
	home.remove();
}
