// A process as a window would be: the real client and worker on a folder, until it is killed.
// Tells each change of its role on standard output; ends by itself when its input does.
import { openTelemetry } from "../../../src/telemetry/worker/telemetryClient.ts";
import { telemetryOptions } from "./faultFolder.ts";

const telemetry = openTelemetry(
	telemetryOptions(process.argv[2] ?? "", Number(process.argv[3] ?? Number.POSITIVE_INFINITY)),
);
let told = "";
telemetry.onDidChange(({ role, trouble }) => {
	const state = `${role} ${trouble?.reason ?? "well"}`;
	if (state !== told) process.stdout.write(`${state}\n`);
	told = state;
});
process.stdin.resume();
process.stdin.on("end", () => void telemetry.dispose());
