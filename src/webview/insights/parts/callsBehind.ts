import type { LookedUpCall } from "../../../insights/insights.ts";
import { isFailure } from "../../../model/calls/mergeCalls.ts";
import { formatDateTime, formatDuration, UNKNOWN } from "../../../model/views/format.ts";
import { button, el } from "../../parts/dom.ts";

export interface CallHost {
	readonly canOpen: boolean;
	/** Opens its transcript at the call. */
	onCall(call: LookedUpCall): void;
}

/** Calls, each with the way to its transcript where there is an editor; of which function, where there are several. */
export function callList(
	calls: readonly LookedUpCall[],
	{ canOpen, onCall }: CallHost,
): HTMLElement {
	const hasSeveral = new Set(calls.map(({ functionId }) => functionId)).size > 1;
	const rows = calls.map((call) => {
		const { ts, durationMs, functionId } = call;
		const time = formatDateTime(ts);
		const first = canOpen
			? button(time, { class: "name", title: "Open its transcript at this call" }, () =>
					onCall(call),
				)
			: time;
		return el(
			"tr",
			{ class: isFailure(call) ? "failed" : "" },
			el("th", { attrs: { scope: "row" } }, first),
			...(hasSeveral ? [el("td", { class: "function", text: functionId })] : []),
			el("td", { text: resultOf(call) }),
			el("td", { text: durationMs === null ? UNKNOWN : formatDuration(durationMs) }),
			el("td", { text: call.agentId === null ? "orchestrator" : "agent" }),
		);
	});
	return el("table", { class: "plain-table" }, el("tbody", {}, ...rows));
}

/** Colour alone would not tell a failure. */
function resultOf(call: LookedUpCall): string {
	if (call.success === null) return "open";
	if (call.success) return "succeeded";
	return isFailure(call) ? `✕ ${call.errorClass ?? "failed"}` : "cut off";
}
