import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
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
		["./gradlew :app:assembleDebug --offline", "bash:gradlew :app:assembleDebug"],
		["python3 -c 'print(1)'", "bash:python3"],
		["make", "bash:make"],
		["make -j 8 CC=gcc check", "bash:make check"],
		["make -j check", "bash:make check"],
		["make -j$(nproc) test", "bash:make test"],
		["make -j $(nproc) CC=$CC test", "bash:make test"],
		["kubectl --namespace=$NS get pods", "bash:kubectl get"],
		['git -C "$ROOT" --git-dir="$D" log', "bash:git log"],
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
		["out=$(git rev-parse HEAD); echo $out", "bash:git rev-parse"],
		["sha=$(git rev-parse HEAD)", "bash:git rev-parse"],
		["export sha=$(git rev-parse HEAD)", "bash:git rev-parse"],
	],
	"of what a wrapper runs": [
		["timeout 10 npm test", "bash:npm test"],
		["timeout -k 5 --signal=KILL 10s npm test", "bash:npm test"],
		["sudo -u x git commit", "bash:git commit"],
		["sudo -u x -- git commit", "bash:git commit"],
		["sudo -iu postgres psql", "bash:psql"],
		["sudo -uroot -nE npm ci", "bash:npm ci"],
		["ls | xargs -0n1 prettier", "bash:prettier"],
		["env A=1 cargo build", "bash:cargo build"],
		["env $(cat .env | xargs) npx prisma db push", "bash:prisma"],
		["iex -S mix", "bash:iex"],
		["env -i -u B A=1 nice -n 5 cargo build", "bash:cargo build"],
		["nohup time stdbuf -oL ionice -c 3 setsid make all &", "bash:make all"],
		["xargs -I{} -n 1 rm {} < list", "bash:rm"],
		["find . | xargs grep x", "bash:find"],
		["exec node server.js", "bash:node"],
		["command -v git", "bash:command"],
		["sudo -l", "bash:sudo"],
		["/usr/bin/env python3 x.py", "bash:python3"],
		["watch -n 1 nvidia-smi", "bash:nvidia-smi"],
		["parallel -j4 ffmpeg -i {} {.}.mp4 ::: *.mov", "bash:ffmpeg"],
		["dbus-run-session -- npm test", "bash:npm test"],
		["corepack pnpm install", "bash:pnpm install"],
		["corepack enable && pnpm i", "bash:pnpm i"],
		["pixi run -e dev pytest", "bash:pytest"],
		["opam exec -- dune test", "bash:dune test"],
		["infisical run --env=dev -- npm start", "bash:npm start"],
		["stack exec -- ghci", "bash:ghci"],
		["guix shell x -- make all", "bash:make all"],
		["perf stat -- ./bench", "bash:bench"],
		["unshare -n npm test", "bash:npm test"],
		["ls *.py | entr -r pytest", "bash:pytest"],
		["winpty docker ps", "bash:docker ps"],
		["xcrun simctl list", "bash:simctl"],
		["script -q /dev/null npm test", "bash:npm test"],
		["script -qc 'npm test' /dev/null", "bash:npm test"],
		['eval "$(pyenv init -)" && pyenv shell 3.11 && pytest', "bash:pytest"],
		["systemd-run --user --scope make all", "bash:make all"],
		["busybox sh -c 'make x'", "bash:make x"],
		["nix develop .#ci --command bash -c 'cargo test'", "bash:cargo test"],
		["nix develop", "bash:nix develop"],
		["nix build .#x", "bash:nix build"],
		["op run --env-file=.env -- npm start", "bash:npm start"],
		["dotenvx run -- node x", "bash:node"],
		["aws-vault exec prod -- terraform plan", "bash:terraform plan"],
		["rustup run nightly cargo fmt", "bash:cargo fmt"],
		["find . -name '*.rs' -exec rustfmt {} +", "bash:rustfmt"],
		["find . -name '*.pyc' -exec rm {} \\;", "bash:find"],
		["find . -name x -exec sh -c 'npx prettier \"$1\"' _ {} \\;", "bash:prettier"],
		["fd -e ts -x prettier --write", "bash:prettier"],
	],
	"of what does the work, not of what comes before it": [
		['echo "=== tests ===" && pytest -q', "bash:pytest"],
		["source .venv/bin/activate && python train.py", "bash:python"],
		[". venv/bin/activate; pytest", "bash:pytest"],
		["cd x && source venv/bin/activate && pytest -x", "bash:pytest"],
		[`mapfile -t a < <(git diff --name-only); eslint "\${a[@]}"`, "bash:eslint"],
		["set -euo pipefail\nterraform plan", "bash:terraform plan"],
		["sleep 30 && curl -s http://127.0.0.1:9/health", "bash:curl"],
		["date; rsync -a a b", "bash:rsync"],
		['for f in *.c; do [ -f "$f" ] || continue; gcc -c "$f"; done', "bash:gcc"],
		['while read l; do jq . "$l"; done < list', "bash:jq"],
		["until curl -s x; do sleep 1; done", "bash:curl"],
		["while true; do sleep 5; gh run list; done", "bash:gh run"],
		["if ! command -v jq; then apt-get install jq; fi", "bash:apt-get install"],
		["case $(uname) in Linux) make;; *) echo no;; esac", "bash:make"],
		["for f in $(git ls-files '*.py'); do ruff check $f; done", "bash:ruff"],
		["printf '%s' x | docker login -u a --password-stdin", "bash:docker login"],
		["yes | npx create-vite@latest app", "bash:create-vite"],
		["pwd && which node && node --version && npm ci", "bash:npm ci"],
		["time (npm run build)", "bash:npm run"],
		["time { cargo build; }", "bash:cargo build"],
		["time for i in 1 2; do ./bench $i; done", "bash:bench"],
		["time if true; then make all; fi", "bash:make all"],
		["time while sleep 1; do curl x; done", "bash:curl"],
		["lsof -ti:3000 | xargs kill -9; npm run dev", "bash:npm run"],
		["mkdir -p build && cd build && cmake ..", "bash:cmake"],
		["rm -rf dist && npm run build", "bash:npm run"],
		["pkill -f server; npm start &", "bash:npm start"],
		["trap 'rm x' EXIT; wait; go vet ./...", "bash:go vet"],
		["nvm use 20 && npm ci", "bash:npm ci"],
		['eval "$(conda shell.bash hook)" && conda activate x && pytest', "bash:pytest"],
		['echo "$(git status)"', "bash:git status"],
		["cd $(git rev-parse --show-toplevel) && npm test", "bash:npm test"],
		["ls $(npm root)", "bash:ls"],
		['out=$(pytest 2>&1); echo "$out" | tail -20', "bash:pytest"],
		["export $(cat .env | xargs) && node x.js", "bash:node"],
		["# a remark\n\n(sleep 1; exec make) # another", "bash:make"],
		["echo a && \\\n  gcc x.c \\\n -o x", "bash:gcc"],
		["sleep 1", "bash:sleep"],
		["echo a; sleep 1", "bash:echo"],
		["sleep 1; ls", "bash:ls"],
		["node --version", "bash:node"],
	],
	"of what reads it, where something is only handed over": [
		["cat x.json | jq .", "bash:jq"],
		["cat x | head", "bash:cat"],
		["ps aux | grep x", "bash:ps"],
		["echo '{}' | jq .", "bash:jq"],
		["curl -s x | jq .", "bash:curl"],
		["cat > f.py <<'EOF'\nprint(1)\nEOF\npython f.py", "bash:python"],
		["cat <<EOF > f\n$(date)\nEOF", "bash:cat"],
		["python3 - <<'EOF'\nimport os\nEOF", "bash:python3"],
		["cat > f <<'EOF' && chmod +x f && ./f\necho\nEOF", "bash:f"],
	],
	"of what a package manager starts": [
		["npx tsc --noEmit", "bash:tsc"],
		["npx -y -p typescript tsc", "bash:tsc"],
		["npx --yes --package=x tsc", "bash:tsc"],
		["npx prettier@3 --check .", "bash:prettier"],
		["npx @biomejs/biome@2 check", "bash:biome"],
		["npx -c 'tsc && jest'", "bash:tsc"],
		["npm exec -- tsc", "bash:tsc"],
		["pnpm exec vitest", "bash:vitest"],
		["pnpm --filter web exec vitest", "bash:vitest"],
		["pnpm dlx cowsay", "bash:cowsay"],
		["yarn dlx -p x tsc", "bash:tsc"],
		["yarn test", "bash:yarn test"],
		["bunx --bun vite", "bash:vite"],
		["uv run ruff check .", "bash:ruff"],
		["uv run --with x --python 3.12 pytest -q", "bash:pytest"],
		["uv run python -m pytest", "bash:python -m pytest"],
		["uv run x.py", "bash:uv run"],
		["uv run -m pytest", "bash:pytest"],
		["uvx ruff@latest check", "bash:ruff"],
		["uv tool run ruff", "bash:ruff"],
		["uv pip install x", "bash:uv pip"],
		["poetry run pytest", "bash:pytest"],
		["pipenv run python x.py", "bash:python"],
		["pdm run test", "bash:pdm run"],
		["hatch run test:cov", "bash:hatch run"],
		["conda run -n x python y.py", "bash:python"],
		["bundle exec rspec spec/x", "bash:rspec"],
		["mise exec -- node x.js", "bash:node"],
		["coverage run -m pytest", "bash:pytest"],
	],
	"of a module that Python runs": [
		["python -m build", "bash:python -m build"],
		["python3 -m pytest -q", "bash:python3 -m pytest"],
		["python -u -W ignore -m http.server 8000", "bash:python -m http.server"],
		["python -c 'import x' -m y", "bash:python"],
		["python x.py -m y", "bash:python"],
		["python -m $M", "bash:python"],
		["python -Im venv x", "bash:python -m venv"],
	],
	"of what runs in a container, a pod or on another host": [
		["docker compose exec app pytest", "bash:pytest"],
		["docker compose -f x.yml exec -T -u root app npm test", "bash:npm test"],
		["docker-compose run --rm web rails db:migrate", "bash:rails db:migrate"],
		["docker exec -it -e A=b app bash -c 'cd /x && pytest'", "bash:pytest"],
		["docker run --rm -v $PWD:/x -w /x -p80:80 node:20 npm ci", "bash:npm ci"],
		["docker run -d --name x img", "bash:docker run"],
		["docker run --rm img --help", "bash:docker run"],
		["docker compose up -d", "bash:docker compose"],
		["kubectl -n x exec deploy/app -c main -it -- python manage.py", "bash:python"],
		["kubectl exec pod -- sh -c 'ls /'", "bash:ls"],
		["ssh -i key -p 22 u@h 'cd /srv && git pull'", "bash:git pull"],
		["ssh h uptime", "bash:uptime"],
		["ssh h", "bash:ssh"],
		["ssh -t u@h -- docker ps", "bash:docker ps"],
		["ssh h <<'EOF'\ncd x\nsystemctl restart y\nEOF", "bash:systemctl restart"],
		["ssh h bash -s <<'EOF'\nmake all\nEOF", "bash:make all"],
		["cat <<EOF | ssh h bash -s\nmake all\nEOF", "bash:make all"],
		["cat <<EOF | bash\nmake all\nEOF", "bash:make all"],
		["tee x.sh <<EOF | sh\nmake all\nEOF", "bash:make all"],
		["echo 'cd x && make all' | bash", "bash:make all"],
		["printf 'cd x\\nmake all\\n' | sh", "bash:make all"],
		["printf '%s\\n' 'make all' | sudo bash", "bash:make all"],
		['S="make all"; echo "$S" | bash', "bash:make all"],
		['echo "$S" | bash', "bash:bash"],
		["echo y | bash install.sh", "bash:bash"],
		["echo 'make all' | bash -n", "bash:bash"],
		["bash -c 'make all' run -n", "bash:make all"],
		["bash -s -- -n <<'E'\nmake all\nE", "bash:make all"],
		['"$(which python3)" x.py', "bash:python3"],
		["`which node` x.js", "bash:node"],
		["$(command -v npx) tsc", "bash:tsc"],
		['"$' + '{PYTHON:-python3}" -m build', "bash:python3 -m build"],
		['PY=$(which python3 || which python); "$PY" x.py', "bash:python3"],
		["wsl -d Ubuntu -- make all", "bash:make all"],
	],
	"of what a function runs that the line defines": [
		['run() { echo "== $1"; pytest "$@"; }; run a; git push', "bash:pytest"],
		['retry() { "$@" || "$@"; }; retry cargo build', "bash:cargo build"],
		['step() { echo "$1"; shift; "$@"; }\nstep one npm ci\nstep two npm test', "bash:npm ci"],
		["function f { make all; }\nsleep 1\nf", "bash:make all"],
		["f() { f; }; f", "bash:f"],
	],
	"of what a variable holds that the line sets": [
		["PY=.venv/bin/python; $PY -m pytest", "bash:python -m pytest"],
		['CMD="npm"\n"$CMD" test', "bash:npm test"],
		["PY='uv run python'; $PY -m pytest", "bash:python -m pytest"],
		["X='/a b/run'; \"$X\" y", "bash:run"],
		["$HOME/.cargo/bin/cargo build", "bash:cargo build"],
		['"$ROOT/gradlew" test', "bash:gradlew test"],
		["$(npm bin)/eslint .", "bash:eslint"],
		["$CMD x; npm test", "bash:npm test"],
		['CMD="$ROOT/bin/run"; $CMD y', "bash:run"],
		["CMD=$(which x); $CMD y | tail", "bash:x"],
		["$CMD x | tail", null],
	],
	"without what only Windows puts behind it": [
		["git.exe status", "bash:git status"],
		['"C:\\Program Files\\nodejs\\npm.cmd" run x', "bash:npm run"],
		['cmd //c "npm test"', "bash:npm test"],
		['powershell.exe -NoProfile -Command "Get-Date; npm test"', "bash:npm test"],
	],
	"of a script that a shell is given": [
		["bash <<'EOF'\nset -e\nmake all\nEOF", "bash:make all"],
		["su - postgres -c 'psql -l'", "bash:psql"],
		['sh -c "echo hi && npm ci" | tail', "bash:npm ci"],
		["bash -c 'echo x'", "bash:echo"],
		['sh -c "$(curl -fsSL x)" -- -y', "bash:curl"],
		['bash -c "git push --force"', "bash:git push"],
		["bash -lc 'cd x && timeout 3 npm ci'", "bash:npm ci"],
		["sudo sh -c 'apt update'", "bash:apt update"],
		['eval "docker build ."', "bash:docker build"],
		["bash -euo pipefail -c 'npm ci && npm test'", "bash:npm ci"],
		["bash -o pipefail script.sh", "bash:bash"],
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

const DOCS = readFileSync(new URL("../../../docs/telemetry.md", import.meta.url), "utf8");
const SECTION = /### The function of a shell call\n([\s\S]*?)\n### /.exec(DOCS)?.[1] ?? "";

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

	it("as the documentation says", () => {
		const examples = [...SECTION.matchAll(/`([^`]+)`(?: is|,)?\s+`(bash:[^`]+)`/g)];
		assert.ok(examples.length >= 6);
		for (const [, line = "", id] of examples) assert.equal(idOf(line), id, line);
		const rows = [
			[
				"nothing, never named",
				(word: string) => idOf(`${word} a; b`) === "bash:b" && idOf(word) === null,
			],
			["tells, asks or waits", (word: string) => idOf(`${word} a; ls`) === "bash:ls"],
			["looks at files or processes", (word: string) => idOf(`echo a; ${word} b; c`) === "bash:c"],
			[
				"looks at files or processes",
				(word: string) => idOf(`echo a; ${word} b`) === `bash:${word}`,
			],
		] as const;
		for (const [start, holds] of rows) {
			const row = SECTION.split("\n").find((text) => text.startsWith(`| ${start}`)) ?? "";
			const words = [...row.matchAll(/`([\w-]+(?: activate)?)`/g)].map(([, word = ""]) => word);
			assert.ok(words.length > 5, start);
			for (const word of words) {
				if (!word.startsWith("--")) assert.ok(holds(word), `${start}: ${word}`);
			}
		}
	});

	it("whatever is put behind it", () => {
		for (const end of [" | head", "; rm x", " && echo 'a", " <<'EOF'\n$(x)\nEOF", " 2>&1 >x"]) {
			assert.equal(idOf(`git status${end}`), "bash:git status");
		}
	});

	it("in safe characters and 64 of them, or not at all", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary", maxLength: 60 }), (line) => {
				const id = idOf(line);
				if (id !== null) assert.match(id, /^bash:[\w.+-]+( -m)?( [\w.:@-]+)?$/);
				assert.ok((id?.length ?? 0) <= 69);
			}),
		);
	});

	it("in time where a short line stands for a long one", () => {
		const script = `echo ${"a;".repeat(10_000)}`;
		for (const line of [
			`X='${script}'; ${'eval "$X"; '.repeat(2000)}`,
			`f() { ${'eval "$1"; '.repeat(2000)} }; f '${script}'`,
			`f() { ${'a "$@"; '.repeat(4000)} }; f ${"b ".repeat(15_000)}`,
			`X='${"a ".repeat(100)}'; ${"$X; ".repeat(10_000)}`,
		]) {
			const words = (allCommands(grammars, line) ?? []).reduce(
				(sum, command) => sum + command.words.length,
				0,
			);
			assert.ok(words < 1_000_000, line.slice(0, 20));
		}
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
