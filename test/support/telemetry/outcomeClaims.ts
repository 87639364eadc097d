/** A message of an agent's, and what it says of its work. */
export interface ClaimCase {
	readonly title: string;
	readonly message: unknown;
	readonly claim: readonly [outcome: string | null, stubs: number | null];
}

export const MARKER = "=== STATUS-TRUTH MARKER ===";

const words = ["functional", "partial", "scaffolding", "fail"] as const;
const template = `${MARKER}\nshipped: functional|partial|scaffolding|fail\nstubs: N`;

/** As models write it, and as they do not. Hooks and transcripts have to read the same of it. */
export const CLAIM_CASES: readonly ClaimCase[] = [
	...words.map((word, stubs) => is(`${MARKER}\nshipped: ${word}\nstubs: ${stubs}`, word, stubs)),
	is("=== Status-Truth Marker ===\nSHIPPED: Partial\nStubs: 4", "partial", 4),
	is(`  ${MARKER}  \r\n  shipped:   fail \r\n stubs: 12 \r\n`, "fail", 12),

	is(`**${MARKER}**\n**shipped:** functional\n**stubs:** 0`, "functional", 0),
	is(`**${MARKER}**\n\n**shipped**: **partial**  \n**stubs**: **2**`, "partial", 2),
	is(`### ${MARKER}\n_shipped: functional_\n_stubs: 0_`, "functional", 0),
	is(`\`${MARKER}\`\n\`shipped: scaffolding\`\n\`stubs: 3\``, "scaffolding", 3),
	is(`${MARKER}\nshipped: \`fail\`\nstubs: \`1\``, "fail", 1),
	is(`\`\`\`text\n${MARKER}\nshipped: functional\nstubs: 0\n\`\`\``, "functional", 0),
	is(`- ${MARKER}\n- shipped: functional\n- stubs: 0`, "functional", 0),
	is(`* **${MARKER}**\n  * **shipped:** \`partial\`\n  * **stubs:** \`7\``, "partial", 7),
	is(`1. ${MARKER}\n2. shipped: fail\n3) stubs: 2`, "fail", 2),
	is(`> ${MARKER}\n> shipped: functional\n> stubs: 0`, "functional", 0),
	is(`<b>\n${MARKER}\n"shipped": "functional",\n"stubs": 0,`, "functional", 0),
	is(`${MARKER}\nshipped: ✅ functional\nstubs: 0`, "functional", 0),

	is(`${MARKER}\nshipped: functional (all parts)\nstubs: 0 (none)`, "functional", 0),
	is(`${MARKER}\nshipped: partial: see below\nstubs: 2 – see list`, "partial", 2),
	is(`${MARKER}\nshipped: partial - the parser is missing\nstubs: 1.`, "partial", 1),
	is(`${MARKER}\nshipped: functional, with 3 tests\nstubs: 0, as asked`, "functional", 0),
	is(`${MARKER}\nshipped: functional. Nothing is left\nstubs: 0`, "functional", 0),
	is(`${MARKER}\nshipped: functional, stubs: 0`, "functional", 0),
	is(`**${MARKER}** shipped: functional | stubs: 0`, "functional", 0),

	is(`${MARKER}\nshipped: fail\nstubs: 1\n${MARKER}\nshipped: functional\nstubs: 0`, "fail", 1),
	is(`The format is:\n${template}\n\n${MARKER}\nshipped: partial\nstubs: 2`, "partial", 2),
	is(`${MARKER}\nshipped: mostly\nstubs: 9\n${MARKER}\nshipped: fail`, "fail", null),
	is(`${MARKER}\n\nas asked for:\n\n${MARKER}\nshipped: functional\nstubs: 0`, "functional", 0),

	is(`${MARKER}\nshipped: mostly\nstubs: 1`, null, 1),
	is(`${MARKER}\nshipped: partially\nstubs: 1`, null, 1),
	is(`${MARKER}\nshipped: not functional\nstubs: 1`, null, 1),
	is(`${MARKER}\nshipped: non-functional\nstubs: 1`, null, 1),
	is(`${MARKER}\nshipped: fail-safe\nstubs: 1`, null, 1),
	is(`${MARKER}\nshipped: functional/partial\nstubs: 1`, null, 1),
	is(`${MARKER}\nshipped: **functional** | **partial**\nstubs: 1`, null, 1),
	is(`${MARKER}\nshipped:\nfunctional\nstubs: 1`, null, 1),
	is(template, null, null),
	is(`${MARKER}\nshipped: <functional|partial|scaffolding|fail>\nstubs: <N>`, null, null),
	is(`I write "${MARKER}" here\nshipped: fail\nstubs: 1`, null, null),
	is(`shipped: fail\nstubs: 1\n${MARKER}\n`, null, null),
	is(`${MARKER}\nWe shipped: fail\nstubs: 3.5`, null, null),
	is(`${MARKER}\nshipped: partial\nstubs: ٣`, "partial", null),
	is(`${MARKER}\nshipped: partial\nstubs: -3`, "partial", null),
	is("shipped: fail", null, null),
	is("", null, null),
	is(undefined, null, null),
];

function is(message: string | undefined, outcome: string | null, stubs: number | null): ClaimCase {
	const title = `is ${outcome} and ${stubs} of ${JSON.stringify(message?.replaceAll(MARKER, "===") ?? null)}`;
	return { title, message, claim: [outcome, stubs] };
}
