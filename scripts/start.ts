// `npm start`: VS Code with the packaged extension and its panel open, until Ctrl-C.
import { build, packageExtension } from "./build.ts";
import { codeServerStep } from "./setup/codeServer.ts";
import { setUpOrExit } from "./setup/everything.ts";
import { startDesktop } from "./start/desktop.ts";
import type { Editor } from "./start/editor.ts";
import { startEmbedded } from "./start/embedded.ts";
import { openBrowser } from "./start/openBrowser.ts";
import { parseOptions, type StartOptions, usage } from "./start/options.ts";

/** Milliseconds between two looks at whether whoever started this is still there. */
const ORPHAN_CHECK = 1_000;
/** Where the command was given; npm itself changes to the project's folder. */
const folder = process.env.INIT_CWD ?? process.cwd();
const options = readOptions();
if (options.isHelp) {
	console.log(usage);
	process.exit(0);
}
const hasServer = process.platform === "linux";
const isDesktop = options.isDesktop || !hasServer;
let editor: Editor | undefined;
let isStopping = false;
onInterrupt(() => void stop());
await setUpOrExit(isDesktop ? [] : [codeServerStep]);
try {
	editor = await start();
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exit(1);
}
announce(editor);
const reason = await editor.ended;
if (!isStopping) {
	console.error(reason);
	process.exit(isDesktop ? 0 : 1);
}

/** Whatever was started before there is an editor ends with this process. */
async function stop(): Promise<never> {
	isStopping = true;
	await editor?.stop();
	process.exit(0);
}

async function start(): Promise<Editor> {
	console.log("Building and packaging the extension");
	await build();
	await packageExtension();
	console.log("Starting VS Code");
	return isDesktop ? startDesktop(options, folder) : startEmbedded(options, folder);
}

function announce({ url, page }: Editor): void {
	const log = options.eventsFile ?? "your event log";
	const source = options.isDemo
		? "plays the demo"
		: `follows ${log}, and plays the demo while that holds no event`;
	if (url === undefined) {
		console.log(`\nAgent Live Graph opens in VS Code and ${source}.`);
	} else {
		console.log(`\nAgent Live Graph is at\n\n    ${url}\n\nIt ${source}.`);
		if (page !== undefined && openBrowser(page)) {
			console.log("Opening it in your browser.");
		}
	}
	console.log("Ctrl-C stops it.");
}

function readOptions(): StartOptions {
	try {
		return parseOptions(process.argv.slice(2), folder);
	} catch (error) {
		console.error(`${error instanceof Error ? error.message : error}\n\n${usage}`);
		process.exit(2);
	}
}

/** Once, for Ctrl-C, a signal, or the end of whoever started this. */
function onInterrupt(action: () => void): void {
	const parent = process.ppid;
	const timer = setInterval(() => {
		if (process.ppid !== parent) {
			interrupt();
		}
	}, ORPHAN_CHECK);
	let isInterrupted = false;
	const interrupt = () => {
		clearInterval(timer);
		if (!isInterrupted) {
			isInterrupted = true;
			action();
		}
	};
	for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
		process.on(signal, interrupt);
	}
}
