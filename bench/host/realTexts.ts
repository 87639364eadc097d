// Text as it stands in transcripts: made up, seeded, and seldom twice the same.

/** mulberry32: small, fast, and the same everywhere. */
export function randomFrom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
}

const STEMS = "user order cache token route batch frame index query paint event parse write merge";
const VERBS = "load save find make read send take keep drop join split check apply reset";

/** Words, lines, commands and source files. */
export class Texts {
	readonly #random: () => number;
	readonly #lines: string[];

	constructor(random: () => number) {
		this.#random = random;
		this.#lines = Array.from({ length: 4000 }, () => this.#line());
	}

	below(count: number): number {
		return Math.floor(this.#random() * count);
	}

	chance(share: number): boolean {
		return this.#random() < share;
	}

	pick<Value>(values: readonly [Value, ...Value[]]): Value {
		return values[this.below(values.length)] ?? values[0];
	}

	/** A length around a mean, now and then ten times as long. */
	length(mean: number): number {
		return Math.ceil(mean * 0.58 * (this.chance(0.08) ? 10 : 0.2 + 1.6 * this.#random()));
	}

	name(): string {
		const [stems, verbs] = [STEMS.split(" "), VERBS.split(" ")];
		const stem = stems[this.below(stems.length)] ?? "";
		return `${verbs[this.below(verbs.length)]}${stem[0]?.toUpperCase()}${stem.slice(1)}`;
	}

	/** What a program prints. */
	output(bytes: number): string {
		const parts: string[] = [];
		for (let length = 0; length < bytes; ) {
			const line = this.#lines[this.below(this.#lines.length)] ?? "";
			parts.push(line);
			length += line.length + 1;
		}
		return parts.join("\n").slice(0, bytes);
	}

	/** A file as the client shows it, with numbers and arrows. */
	numbered(text: string): string {
		return text
			.split("\n")
			.map((line, index) => `${String(index + 1).padStart(6)}→${line}`)
			.join("\n");
	}

	/** A source file of some ten functions, of TypeScript or Python. */
	source(isPython: boolean, bytes: number): string {
		const parts: string[] = [];
		for (let length = 0; length < bytes; ) {
			const name = `${this.name()}${this.below(900)}`;
			const part = isPython ? this.#python(name) : this.#typescript(name);
			parts.push(part);
			length += part.length;
		}
		return parts.join("\n");
	}

	/** Half are of a few dozen that come again and again. */
	command(): string {
		const file = `src/${this.name()}.ts`;
		const usual = this.below(20);
		if (this.chance(0.5)) {
			return this.pick([
				"git status",
				"git diff --stat",
				"ls -la",
				"npm test",
				"npm run build 2>&1 | tail -20",
				`cd /home/dev/project${usual} && git log --oneline -5`,
				`npx tsc --noEmit -p packages/part${usual}`,
				`pytest tests/test_part${usual}.py -x -q`,
				"cargo build --release",
				"docker compose ps",
			]);
		}
		return this.pick([
			`grep -rn "${this.name()}" ${file} | head -${usual}`,
			`cd /home/dev/project && sed -n '${usual},${usual + 40}p' ${file}`,
			`git add -A && git commit -m "$(cat <<'EOT'\n${this.output(160).replaceAll("'", "")}\nEOT\n)"`,
			`python3 -c "\nimport json\nfor ${this.name()} in range(${usual}):\n    print(json.dumps({'${this.name()}': ${usual}}))\n"`,
			`for f in src/*.ts; do wc -l "$f"; done | sort -n | tail -${usual}`,
			`curl -s http://localhost:80${usual}/api/${this.name()} | jq '.[0]'`,
			`cat > /tmp/${this.name()}.py <<'EOT'\n${this.source(true, 500)}\nEOT\npython3 /tmp/${this.name()}.py`,
			`find . -name "*${this.name()}*" -not -path "./node_modules/*"`,
		]);
	}

	#line(): string {
		const length = 30 + this.below(70);
		let line = this.pick(["", "  ", "\t", "    at ", "PASS ", "warning: "]);
		while (line.length < length) {
			line += this.pick([
				`${this.name()} `,
				`"${this.name()}": ${this.below(9999)}, `,
				`src/${this.name()}.ts:${this.below(999)} `,
				`(${this.below(99)} ms) `,
				"the value of ",
				"✓ ",
			]);
		}
		return line;
	}

	#typescript(name: string): string {
		const [a, b] = [this.name(), this.name()];
		return [
			`/** ${this.output(60).trim()} */`.replaceAll("\n", " "),
			`export function ${name}(${a}: number, values: readonly string[]): string[] {`,
			`\tconst ${b} = new Map<string, number>();`,
			`\tfor (const [index, value] of values.entries()) {`,
			`\t\tif (index % ${1 + this.below(9)} === 0) ${b}.set(value, index * ${a});`,
			`\t\telse if (value.startsWith("${this.name()}")) return [\`\${value} \${${a}}\`];`,
			"\t}",
			`\treturn [...${b}].map(([key, count]) => \`\${key}: \${count + ${this.below(99)}}\`);`,
			"}",
		].join("\n");
	}

	#python(name: string): string {
		const [a, b] = [this.name(), this.name()];
		return [
			`def ${name}(${a}, values=None):`,
			`    """${this.name()} of ${this.name()}."""`,
			`    ${b} = {}`,
			"    for index, value in enumerate(values or []):",
			`        if index % ${1 + this.below(9)} == 0:`,
			`            ${b}[value] = index * ${a} + ${this.below(99)}`,
			`    return [f"{key}: {count}" for key, count in ${b}.items()]`,
			"",
		].join("\n");
	}
}
