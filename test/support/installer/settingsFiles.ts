import fc from "fast-check";

/** How a generated file is written down. */
interface Layout {
	readonly eol: string;
	readonly indent: string;
	readonly bom: string;
	readonly style: "lines" | "one line" | "minified" | "ragged";
	readonly trailingCommas: boolean;
	readonly comments: readonly string[];
	readonly end: string;
}

const layouts: fc.Arbitrary<Layout> = fc.record({
	eol: fc.constantFrom("\n", "\n", "\r\n"),
	indent: fc.constantFrom("  ", "\t", "    ", " ", "   "),
	bom: fc.constantFrom("", "", "\uFEFF"),
	style: fc.constantFrom("lines", "lines", "one line", "minified", "ragged"),
	trailingCommas: fc.boolean(),
	comments: fc.array(
		fc.constantFrom("", "", "", "// mine", "/* a, { [ b */", "/* two\n lines */", '// "hooks": {}'),
		{ minLength: 1, maxLength: 12 },
	),
	end: fc.constantFrom("", "\n", "\r\n", "\n\n", " // the end\n", "  "),
});

const words = fc.oneof(
	fc.string({ maxLength: 8 }),
	fc.constantFrom("é😀", "a\tb", 'say "hi"', "C:\\x", "// no comment", "/* nor this */", "}"),
);

const anything = fc.jsonValue({ maxDepth: 3 });

/** Commands of other tools, some of which look much like ours. */
const otherCommands = fc.oneof(
	words,
	fc.constantFrom(
		"~/.claude/hooks/tool-use-event.sh",
		'sh "$HOME/.claude/hooks/agent-event-spawn.sh"',
		"/opt/agent-live-graph/bin/notify.sh",
		"cat /home/you/.claude/agent-live-graph/hooks/0.1.0/README",
		"prettier --write",
	),
);

const handler = fc.oneof(
	fc.record({ type: fc.constant("command"), command: otherCommands }),
	fc.record({ type: fc.constant("command"), command: otherCommands, timeout: fc.nat(60) }),
	fc.record({ type: fc.constant("http"), url: words }),
	anything,
);

const group = fc.oneof(
	fc.record({ hooks: fc.array(handler, { maxLength: 3 }) }),
	fc.record({ matcher: words, hooks: fc.array(handler, { maxLength: 3 }) }),
	fc.record({ hooks: fc.array(handler, { maxLength: 2 }), note: anything, matcher: words }),
	anything,
);

const eventNames = fc.constantFrom(
	...[
		"PreToolUse",
		"PostToolUse",
		"Stop",
		"SessionStart",
		"Notification",
		"Later",
		"WorktreeCreate",
	],
);

const hooks = fc.dictionary(eventNames, fc.array(group, { maxLength: 3 }), { maxKeys: 4 });

const root = fc.oneof(
	fc.constant({}),
	fc.record({ hooks }),
	fc.record({ model: words, hooks, permissions: anything }),
	fc.record({ permissions: anything, env: fc.dictionary(words, words) }),
	fc.record({ hooks, nested: fc.record({ hooks }) }),
	fc.dictionary(
		words.filter((key) => key !== "hooks"),
		anything,
		{ maxKeys: 4 },
	),
);

/** Texts of settings files as people and tools leave them. */
export const settingsTexts: fc.Arbitrary<string> = fc.oneof(
	{
		arbitrary: fc.tuple(root, layouts).map(([value, layout]) => written(value, layout)),
		weight: 30,
	},
	{
		arbitrary: fc.constantFrom(
			...["", "\n", "  \r\n", "\uFEFF", "{}", "{ }", "{\n}", "{\r\n}\r\n", "{\n\n}\n"],
			...['{"hooks":{}}', '{\n\t"hooks": {\n\t}\n}', '{"hooks": {"Stop": []}}', "{ // c\n}"],
			...['{ /* c */ "a": 1 , /* d */ }', '// top\n{\n  "a": [\n  ], // b\n}\n'],
		),
		weight: 1,
	},
);

/** Writes a value as JSON with comments, in a layout. */
function written(value: unknown, layout: Layout): string {
	const { eol, indent, style, comments } = layout;
	let count = 0;
	const isFlat = style === "one line" || style === "minified";
	const comment = (): string => {
		const text = comments[count++ % comments.length] ?? "";
		if (text === "" || (isFlat && text.startsWith("//"))) return "";
		return ` ${text.replaceAll("\n", isFlat ? " " : eol)}${text.startsWith("//") ? eol : ""}`;
	};
	const separator = (depth: number): string => {
		if (style === "minified") return "";
		if (style === "one line") return " ";
		if (style === "ragged") return [eol, " ", `${eol}${eol}\t `, ""][count++ % 4] ?? "";
		return eol + indent.repeat(depth);
	};
	const items = (parts: string[], open: string, close: string, depth: number): string => {
		if (parts.length === 0) return `${open}${comment()}${close}`;
		const inside = parts.map((part, index) => {
			const isLast = index === parts.length - 1;
			const comma = !isLast || layout.trailingCommas ? `${comment()},` : "";
			return separator(depth + 1) + part + comma + comment();
		});
		return open + inside.join("") + separator(depth) + close;
	};
	const print = (each: unknown, depth: number): string => {
		if (Array.isArray(each)) {
			return items(
				each.map((element) => print(element, depth + 1)),
				...(["[", "]"] as const),
				depth,
			);
		}
		if (typeof each !== "object" || each === null) return JSON.stringify(each);
		const properties = Object.entries(each).map(
			([key, inner]) =>
				`${JSON.stringify(key)}:${style === "minified" ? "" : " "}${print(inner, depth + 1)}`,
		);
		return items(properties, "{", "}", depth);
	};
	return layout.bom + comment().trimStart() + print(value, 0) + layout.end.replaceAll("\n", eol);
}
