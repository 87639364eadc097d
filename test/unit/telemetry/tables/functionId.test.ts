import assert from "node:assert/strict";
import * as fc from "fast-check";
import { kindOfTool, mcpToolOf } from "../../../../src/ingest/claude-code/calls/tools.ts";
import {
	agentFunctionId,
	type CallIdentity,
	functionIdOf,
	kindOf,
	moreSpecific,
} from "../../../../src/telemetry/tables/functionId.ts";

const idOf = (tool: string, known: Partial<CallIdentity> = {}): string =>
	functionIdOf({
		tool,
		kind: kindOfTool(tool),
		program: "",
		skill: "",
		...known,
		...mcpToolOf(tool, known.mcpServer),
	});

describe("The function of a call", () => {
	it("is told from the tool and from what the hook said of it", () => {
		assert.equal(idOf("Read"), "tool:Read");
		assert.equal(idOf("Bash"), "tool:Bash");
		assert.equal(idOf("Bash", { program: "git" }), "bash:git");
		assert.equal(idOf("Skill", { skill: "review" }), "skill:review");
		assert.equal(idOf("Skill"), "skill:unknown");
		assert.equal(idOf(""), "tool:unknown");
		assert.equal(agentFunctionId("Explore"), "agent:Explore");
		assert.equal(agentFunctionId(""), "agent:unknown");
	});

	it("splits an MCP tool where the server's name ends", () => {
		assert.equal(idOf("mcp__db__run_query"), "mcp:db/run_query");
		assert.equal(idOf("mcp__a__b__c"), "mcp:a/b__c");
		assert.equal(idOf("mcp__a__b__c", { mcpServer: "a__b" }), "mcp:a__b/c");
		assert.equal(idOf("mcp__a__b", { mcpServer: "other" }), "mcp:a/b");
		assert.equal(idOf("mcp__odd"), "mcp:unknown/odd");
	});

	it("is of the kind that its prefix names, else from the registry", () => {
		const ids = ["mcp:a/b", "skill:s", "agent:x", "bash:git commit", "tool:Read"];
		assert.deepEqual(ids.map(kindOf), ["mcp", "skill", "agent", "bash", "tool"]);
		assert.deepEqual(["src/a.ts#open", "parse_dates"].map(kindOf), ["registry", "registry"]);
	});
});

describe("Of two names for one call's function", () => {
	it("the one that says more is taken", () => {
		const named = ["bash:ls", "bash:git", "bash:git commit"];
		const rising = ["tool:unknown", "tool:Bash", ...named, "a.ts#main"];
		for (const [index, less] of rising.entries()) {
			for (const more of rising.slice(index)) {
				assert.equal(moreSpecific(less, more), more);
				assert.equal(moreSpecific(more, less), more);
			}
		}
	});

	it("the choice does not depend on which came first, nor on how they were paired", () => {
		const id = fc.tuple(
			fc.constantFrom("tool:", "bash:", "mcp:a/", "src/a.ts#"),
			fc.constantFrom("unknown", "git", "git commit", "sudo", "x"),
		);
		const name = id.map((parts) => parts.join(""));
		fc.assert(
			fc.property(name, name, name, (a, b, c) => {
				assert.equal(moreSpecific(a, b), moreSpecific(b, a));
				assert.equal(moreSpecific(moreSpecific(a, b), c), moreSpecific(a, moreSpecific(b, c)));
			}),
		);
	});
});
