import assert from "node:assert/strict";
import * as fc from "fast-check";
import type { Grammars } from "../../../src/facts/grammars.ts";
import { allCommands, shellFunctionId } from "../../../src/facts/shell/shellFunction.ts";
import { allGrammars } from "../../support/facts/grammars.ts";

/** Command lines with the function that each is counted under. */
const NAMED: Readonly<Record<string, readonly (readonly [string, string | null])[]>> = {
	"by its program, and its verb where it has verbs": [
		["ls -la", "bash:ls"],
		["git commit -m 'x'", "bash:git commit"],
		["npm test", "bash:npm test"],
		["npm run build", "bash:npm run"],
		["docker compose up -d", "bash:docker compose"],
		["/usr/local/bin/git status", "bash:git status"],
		["'git' \"status\"", "bash:git status"],
		["./gradlew build", "bash:gradlew build"],
		["python3 -c 'print(1)'", "bash:python3"],
		["make", "bash:make"],
		["make -j 8 CC=gcc check", "bash:make check"],
		["make -j check", "bash:make check"],
		["cargo +nightly build", "bash:cargo build"],
		["git --no-pager -C /x -c a=b log", "bash:git log"],
		["kubectl -n kube-system get pods", "bash:kubectl get"],
		["gh pr create --fill", "bash:gh pr"],
		["git", "bash:git"],
		["git $VERB", "bash:git"],
		["git --version", "bash:git"],
	],
	"by its verb, and never by an option's value, which may be a secret": [
		["kubectl --token abc123def get pods", "bash:kubectl get"],
		["kubectl --as admin get pods", "bash:kubectl get"],
		["helm --kube-token abc123 list", "bash:helm list"],
		["npm --otp 123456 publish", "bash:npm publish"],
		["npm --registry https://x.y/ ci", "bash:npm ci"],
		["mvn -T 1C clean install", "bash:mvn clean"],
		["gradle -x test build", "bash:gradle build"],
		["docker --tlscacert ca.pem ps", "bash:docker ps"],
		["gh --hostname h pr list", "bash:gh pr"],
		["aws --ca-bundle x s3 ls", "bash:aws s3"],
		["cargo --manifest-path x build", "bash:cargo build"],
		["gcloud --access-token-file=x --quiet auth list", "bash:gcloud auth"],
		["gcloud --something-new s3cret auth list", "bash:gcloud"],
		["systemctl --user restart x", "bash:systemctl restart"],
		["systemctl -n 50 status x", "bash:systemctl status"],
		["mvn -gs settings.xml install", "bash:mvn install"],
		["task -C 2 build", "bash:task build"],
		["dnf -x pkg update", "bash:dnf update"],
		["make --jobs 4 build", "bash:make build"],
	],
	"by its verb behind options that take no value": [
		["pip --disable-pip-version-check install x", "bash:pip install"],
		["yarn --frozen-lockfile install", "bash:yarn install"],
		["npm --workspaces run test", "bash:npm run"],
		["npm --if-present run test", "bash:npm run"],
		["pnpm --stream -r build", "bash:pnpm build"],
		["bun --watch run x", "bash:bun run"],
		["gradle --continue test", "bash:gradle test"],
		["mvn --fail-at-end verify", "bash:mvn verify"],
		["apt-get --purge remove x", "bash:apt-get remove"],
		["systemctl --now enable x", "bash:systemctl enable"],
	],
	"of the first command that does not only set up another": [
		["cd /x && npm test", "bash:npm test"],
		["export A=1; B=2; go test ./...", "bash:go test"],
		["A=1 B=2 cargo build", "bash:cargo build"],
		["cd x && git -C y commit", "bash:git commit"],
		["pushd x; ls; popd", "bash:ls"],
		["# build it\nmake all", "bash:make all"],
		["(cd x && make all) 2>&1 | tail -5", "bash:make all"],
		["if [ -f x ]; then pip install -r x; fi", "bash:pip install"],
		["for f in *.ts; do tsc $f; done", "bash:tsc"],
		["! grep -q x y", "bash:grep"],
		["{ apt-get update; } > log", "bash:apt-get update"],
		["[[ -d x ]] || mkdir x", "bash:mkdir"],
		["f() { rm -rf x; }; git status", "bash:git status"],
		["out=$(git rev-parse HEAD); echo $out", "bash:echo"],
		["sha=$(git rev-parse HEAD)", "bash:git rev-parse"],
		["export sha=$(git rev-parse HEAD)", "bash:git rev-parse"],
	],
	"of what a wrapper runs": [
		["timeout 10 npm test", "bash:npm test"],
		["timeout -k 5 --signal=KILL 10s npm test", "bash:npm test"],
		["sudo -u x git commit", "bash:git commit"],
		["sudo -u x -- git commit", "bash:git commit"],
		["env A=1 cargo build", "bash:cargo build"],
		["env -i -u B A=1 nice -n 5 cargo build", "bash:cargo build"],
		["nohup time stdbuf -oL ionice -c 3 setsid make all &", "bash:make all"],
		["xargs -I{} -n 1 rm {} < list", "bash:rm"],
		["find . | xargs grep x", "bash:find"],
		["exec node server.js", "bash:node"],
		["command -v git", "bash:command"],
		["sudo -l", "bash:sudo"],
		["/usr/bin/env python3 x.py", "bash:python3"],
	],
	"of a script that a shell is given": [
		['bash -c "git push --force"', "bash:git push"],
		["bash -lc 'cd x && timeout 3 npm ci'", "bash:npm ci"],
		["sudo sh -c 'apt update'", "bash:apt update"],
		['eval "docker build ."', "bash:docker build"],
		["bash script.sh", "bash:bash"],
		["bash -x script.sh -c y", "bash:bash"],
	],
	"only where that can be told": [
		["$CMD x", null],
		["", null],
		["cd /x", null],
		["A=1", null],
		["# nothing", null],
		["'a b' c", null],
		[`${"x".repeat(65)} y`, null],
		[`git ${"x".repeat(60)}`, "bash:git"],
	],
};

describe("A shell call's function is named", () => {
	let grammars: Grammars;
	before(async () => {
		grammars = await allGrammars();
	});
	const idOf = (line: string) => shellFunctionId(allCommands(grammars, line) ?? []);

	for (const [how, lines] of Object.entries(NAMED)) {
		it(how, () => {
			assert.deepEqual(
				lines.map(([line]) => [line, idOf(line)]),
				lines,
			);
		});
	}

	it("whatever is put behind it", () => {
		for (const end of [" | head", "; rm x", " && echo 'a", " <<'EOF'\n$(x)\nEOF", " 2>&1 >x"]) {
			assert.equal(idOf(`git status${end}`), "bash:git status");
		}
	});

	it("in safe characters and 64 of them, or not at all", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 60 }), (line) => {
				const id = idOf(line);
				if (id !== null) assert.match(id, /^bash:[\w.+-]+( [\w.:@-]+)?$/);
				assert.ok((id?.length ?? 0) <= 69);
			}),
		);
	});

	it("without a throw where a line is nested beyond all reason", () => {
		for (const start of ["$(", "(", "{ ", "if ", "`", "<<A\n", '"$('].map((x) =>
			x.repeat(20_000),
		)) {
			assert.doesNotThrow(() => idOf(`${start}git log`));
			assert.doesNotThrow(() => idOf(`git log ${start}`));
		}
	});
});
