import assert from "node:assert/strict";
import { code } from "../../../src/extension/reportMarkdown.ts";
import { code as codeOfSequences } from "../../../src/sequences/texts/markdown.ts";

for (const [name, span] of Object.entries({ reports: code, sequences: codeOfSequences })) {
	describe(`text from outside in the Markdown of ${name}`, () => {
		it("is a code span of one line in one cell", () => {
			assert.equal(span("a`b|c\nd\u2028e\u2029f"), "`a b c d e f`");
		});

		it("does not turn the direction of what follows", () => {
			assert.equal(span("a\u202eb\u2066c"), "`a b c`");
		});

		it("is a dash when nothing is left of it", () => {
			assert.equal(span("`\n"), "–");
		});
	});
}
