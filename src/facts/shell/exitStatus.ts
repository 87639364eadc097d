import type { Node } from "web-tree-sitter";

/**
 * The commands of a line without whose success the line cannot end with 0: what stands before `;`,
 * `&`, `||` or `|` is none of them, unless `set -e` or `set -o pipefail` says otherwise.
 *
 * @returns ids of nodes
 */
export function decidingNodes(root: Node): ReadonlySet<number> {
	const walk = new StatusWalk();
	walk.statements(root, { own: true, exit: true });
	return walk.deciding;
}

/** What a failure in some place of the line leads to. */
interface Place {
	/** The status of the place is that of the line, or of what the line waits for. */
	readonly own: boolean;
	/** A shell that exits here ends the line with its status. */
	readonly exit: boolean;
}

class StatusWalk {
	readonly deciding = new Set<number>();
	#isErrexit = false;
	#isPipefail = false;

	/** Statements one after the other; the status of the last is that of all. */
	statements(parent: Node, place: Place): void {
		const children = parent.namedChildren.filter(isStatement);
		const last = children.at(-1);
		for (const child of children) {
			// In the background.
			if (child.nextSibling?.type === "&") continue;
			if (child === last && place.own) this.#visit(child, place);
			else this.#visit(child, { own: false, exit: place.exit }, this.#isErrexit && place.exit);
		}
	}

	/** @param ends whether the shell exits where this fails */
	#visit(node: Node, place: Place, ends = false): void {
		const counts = place.own || ends;
		switch (node.type) {
			case "command":
				if (counts) this.deciding.add(node.id);
				this.#set(node);
				break;
			case "list":
				this.#list(node, place, ends);
				break;
			case "pipeline":
				this.#pipeline(node, place, ends);
				break;
			case "redirected_statement":
				this.#redirected(node, place, ends);
				break;
			case "subshell":
				this.#scoped(() => this.statements(node, { own: counts, exit: counts }));
				break;
			case "compound_statement":
				this.statements(node, { own: counts, exit: place.exit });
				break;
			// The status of these may be that of nothing having been run.
			case "if_statement":
			case "while_statement":
			case "for_statement":
			case "c_style_for_statement":
			case "case_statement":
				for (const child of node.namedChildren) this.#body(child, place);
				break;
		}
	}

	#body(node: Node, place: Place): void {
		if (/^(?:do_group|elif_clause|else_clause|case_item)$/.test(node.type)) {
			this.statements(node, { own: false, exit: place.exit });
		} else this.#visit(node, { own: false, exit: place.exit }, this.#isErrexit && place.exit);
	}

	#list(node: Node, place: Place, ends: boolean): void {
		const [left, right] = node.namedChildren;
		if (left === undefined || right === undefined) return;
		if (left.nextSibling?.type !== "||") {
			// `set -e` lets pass what fails before the last `&&`.
			this.#visit(left, place);
			this.#visit(right, place, ends);
		} else if (exitsBadly(right) && place.exit) {
			this.#visit(left, { own: true, exit: place.exit });
		}
	}

	#pipeline(node: Node, place: Place, ends: boolean): void {
		const stages = node.namedChildren.filter(isStatement);
		for (const [index, stage] of stages.entries()) {
			const counts = index === stages.length - 1 || this.#isPipefail;
			if (!counts) continue;
			const own = place.own || ends;
			// Each stage is a shell of its own.
			this.#scoped(() => this.#visit(stage, { own, exit: own }));
		}
	}

	/** What stands on the line behind `<<EOF` is a part of the redirection. */
	#redirected(node: Node, place: Place, ends: boolean): void {
		const [body, ...redirects] = node.namedChildren;
		const goesOn = redirects.some(({ type, namedChildren }) => {
			return type === "heredoc_redirect" && namedChildren.some(isStatement);
		});
		if (body !== undefined && !goesOn) this.#visit(body, place, ends);
	}

	#scoped(run: () => void): void {
		const before = [this.#isErrexit, this.#isPipefail] as const;
		run();
		[this.#isErrexit, this.#isPipefail] = before;
	}

	/** `set -euo pipefail` and the like. */
	#set(node: Node): void {
		const [program, ...rest] = node.namedChildren;
		if (program?.text !== "set") return;
		const args = rest.map(({ text }) => text);
		for (const [index, arg] of args.entries()) {
			const isOn = arg.startsWith("-");
			if (!/^[-+][a-z]+$/.test(arg)) continue;
			if (arg.includes("e")) this.#isErrexit = isOn;
			if (!arg.endsWith("o")) continue;
			if (args[index + 1] === "pipefail") this.#isPipefail = isOn;
			if (args[index + 1] === "errexit") this.#isErrexit = isOn;
		}
	}
}

const NO_STATEMENT =
	/^(?:comment|heredoc_(?:start|body|end)|.*_redirect|file_descriptor|word|variable_name)$/;

function isStatement({ type }: Node): boolean {
	return !NO_STATEMENT.test(type);
}

/** `exit 1`, also as the last command of a group. */
function exitsBadly(node: Node): boolean {
	if (node.type === "compound_statement") {
		const last = node.namedChildren.findLast(isStatement);
		return last !== undefined && exitsBadly(last);
	}
	if (node.type !== "command") return false;
	const [program, status] = node.namedChildren.map(({ text }) => text);
	if (program === "false") return true;
	return (
		/^(?:exit|return)$/.test(program ?? "") && (status === undefined || /^[1-9]\d*$/.test(status))
	);
}
