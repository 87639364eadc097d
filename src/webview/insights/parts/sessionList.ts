import type { UsageFigures } from "../../../insights/usageFigures.ts";
import { formatCost, formatDateTime } from "../../../model/views/format.ts";
import { button, el, setText } from "../../parts/dom.ts";

/** Whose titles are asked for. */
const TITLED = 5;
const SHOWN = 12;

interface SessionsHost {
	readonly canOpen: boolean;
	titles(sessions: readonly string[]): Promise<readonly { session: string; title: string }[]>;
	onOpen(session: string): void;
	onNarrow(session: string): void;
}

/** The dearest sessions of the period, the first of them with what they were about. */
export function sessionList(sessions: UsageFigures["sessions"], host: SessionsHost): HTMLElement {
	const titles = new Map<string, HTMLElement>();
	const rows = sessions.slice(0, SHOWN).map((session) => {
		const { name: id, project, startedAt, costUsd, messagesWithoutPrice } = session;
		const title = el("span", { class: "session-title", text: `session ${id.slice(0, 8)}` });
		titles.set(id, title);
		const name = button("", { class: "name" }, () =>
			host.canOpen ? host.onOpen(id) : host.onNarrow(id),
		);
		name.append(title);
		const when = startedAt === null ? "" : formatDateTime(startedAt).slice(0, 16);
		const folder = project.split(/[\\/]/).at(-1) ?? "";
		return el(
			"li",
			{},
			name,
			el("span", {
				class: "number",
				text: formatCost(costUsd, messagesWithoutPrice > 0 && costUsd !== null),
			}),
			el("span", { class: "dim", text: [folder, when].filter(Boolean).join(" · ") }),
		);
	});
	const asked = sessions.slice(0, TITLED).map(({ name }) => name);
	if (asked.length > 0) {
		void host.titles(asked).then((found) => {
			for (const { session, title } of found) {
				const shown = titles.get(session);
				if (shown !== undefined && title !== "") setText(shown, title);
			}
		});
	}
	return el(
		"section",
		{ class: "group sessions", attrs: { "aria-label": "Dearest sessions" } },
		el("h3", { text: "Dearest sessions" }),
		rows.length === 0
			? el("p", { class: "dim", text: "None in this period." })
			: el("ul", {}, ...rows),
	);
}
