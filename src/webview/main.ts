import { ErrorReporter } from "./host/errorReporter.ts";
import { HostLink } from "./host/hostLink.ts";
import { bindKeys } from "./input/keys.ts";
import { Page } from "./page/page.ts";
import { Receiver } from "./page/receiver.ts";
import { readSavedState, writeSavedState } from "./state/savedState.ts";
import { exposeToTests } from "./testHandle.ts";

/** Starts the page: the one place that knows the webview's globals. */
function start(root: HTMLElement): void {
	const api = acquireVsCodeApi();
	const errors = new ErrorReporter((message) => api.postMessage(message));
	errors.watch(window);
	const page = new Page(root, readSavedState(api.getState()), {
		post: (message) => api.postMessage(message),
		save: (state) => api.setState(writeSavedState(state)),
	});
	bindKeys(document, page);
	// Timers go on while a page is hidden; a second that nobody sees is not worth its work.
	setInterval(() => {
		if (!document.hidden) page.tick();
	}, 1000);
	if (root.dataset.test !== undefined) exposeToTests(page);
	new HostLink((message) => api.postMessage(message), new Receiver(page), errors).start(window);
}

const root = document.getElementById("agent-live-graph");
if (root !== null) start(root);
