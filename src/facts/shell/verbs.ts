import type { Word } from "./word.ts";

/** Programs whose first word is a verb, with their options before it that take a value. */
const VERB_PROGRAMS: ReadonlyMap<string, ReadonlySet<string>> = new Map(
	Object.entries({
		git: "-C -c --git-dir --work-tree --namespace --exec-path --super-prefix --config-env",
		npm: "--prefix -w --workspace -C --loglevel --otp --registry --userconfig --cache --tag",
		pnpm: "-C --dir -F --filter --loglevel --reporter",
		yarn: "--cwd",
		bun: "--cwd",
		deno: "",
		cargo: "-C --config -Z --color --manifest-path",
		rustup: "",
		go: "-C",
		docker: "-H --host -c --context --config -l --log-level --tlscacert --tlscert --tlskey",
		podman: "--log-level --root -c --connection",
		"docker-compose": "-f --file -p --project-name --profile --env-file",
		oc: "-n --namespace --context",
		kubectl: `-n --namespace --context --cluster --kubeconfig -s --server --user --token --as
			--as-group --as-uid --username --password --certificate-authority --client-key
			--client-certificate --request-timeout --tls-server-name --cache-dir -v --v`,
		helm: `-n --namespace --kube-context --kubeconfig --kube-token --kube-as-user --kube-as-group
			--kube-apiserver --kube-ca-file --registry-config --repository-cache --repository-config`,
		gh: "-R --repo --hostname",
		glab: "-R --repo --hostname",
		"uv-tool": "",
		uv: "--directory --project --config-file --python -p --color --cache-dir",
		poetry: "-C --directory -P --project",
		pipenv: "",
		pdm: "-p --project",
		hatch: "-e --env -p --project",
		conda: "",
		mamba: "",
		micromamba: "",
		pipx: "",
		rye: "",
		mise: "-C --cd",
		asdf: "",
		rbenv: "",
		pyenv: "",
		direnv: "",
		doppler: "",
		devcontainer: "",
		coverage: "",
		pip: "--python --log --proxy --timeout --cache-dir",
		pip3: "--python --log --proxy --timeout --cache-dir",
		apt: "-o -t -c --option --target-release",
		"apt-get": "-o -t -c --option --target-release",
		apk: "",
		dnf: "-c --config -x --exclude --setopt --enablerepo --disablerepo --releasever",
		yum: "-c --config -x --exclude --setopt --enablerepo --disablerepo --releasever",
		brew: "",
		make: "-C --directory -f --file --makefile -I -o -W -j --jobs -l",
		just: "-f --justfile -d --working-directory",
		task: "-d --dir -t --taskfile -C --concurrency -o --output -I --interval",
		gradle: `-p --project-dir -b --build-file -x --exclude-task --max-workers -I --init-script -c
			--settings-file -g --gradle-user-home --console`,
		gradlew: `-p --project-dir -b --build-file -x --exclude-task --max-workers -I --init-script -c
			--settings-file -g --gradle-user-home --console`,
		mvn: `-f --file -pl --projects -P --activate-profiles -s --settings -T --threads -l --log-file
			-gs --global-settings -t --toolchains -rf --resume-from -b --builder`,
		mvnw: `-f --file -pl --projects -P --activate-profiles -s --settings -T --threads -l --log-file
			-gs --global-settings -t --toolchains -rf --resume-from -b --builder`,
		dotnet: "",
		bundle: "",
		gem: "",
		rails: "",
		composer: "-d --working-dir",
		mix: "",
		swift: "",
		flutter: "",
		dart: "",
		terraform: "",
		aws: `--profile --region --output --endpoint-url --query --ca-bundle --cli-read-timeout
			--cli-connect-timeout --color`,
		gcloud: "--project --account --configuration --format",
		az: "",
		systemctl: `-H --host -M --machine -t --type -p --property -n --lines -o --output -s --signal
			--state --root`,
		jj: "-R --repository",
		hg: "-R --repository --cwd --config",
		svn: "",
		nix: "--extra-experimental-features",
		op: "--account --config --session",
		dotenvx: "",
		"aws-vault": "",
		pixi: "--manifest-path",
		infisical: "",
		opam: "",
		dune: "",
		stack: "--stack-yaml --resolver",
		cabal: "",
		guix: "",
		perf: "",
		lein: "",
		zig: "",
		bazel: "",
		bazelisk: "",
		devbox: "",
		corepack: "",
	}).map(([program, valued]) => [program, new Set(valued.split(/\s+/))]),
);

/** Options that take no value, of whatever program; `--no-…` is one as well. */
const FLAGS: ReadonlySet<string> = new Set(
	`--verbose --quiet --silent --debug --yes --help --version --dry-run --offline --locked --frozen
	--bare --paginate --literal-pathspecs --assume-yes --allow-root --ignore-scripts --force --json
	--global --recursive --parallel --keep-going --stacktrace --info --batch-mode --tls --tlsverify
	--user --release --workspace-root --plain --check --always-make --now --all --failed
	--workspaces --include-workspace-root --if-present --legacy-peer-deps --prefer-offline --stream
	--frozen-lockfile --bun --watch --hot --disable-pip-version-check --fix-broken --purge
	--allow-downgrades --continue --daemon --scan --build-cache --refresh-dependencies --rerun-tasks
	--configure-on-demand --fail-at-end --also-make --update-snapshots --errors --show-version
	--ignore-errors --print-directory --warn-undefined-variables --glob-pathspecs --icase-pathspecs
	--native-tls --managed-python --ansi --non-interactive --noninteractive --only-show-errors
	--suppress-analytics --ignore-working-copy --unstable --remote --trace --cask`.split(/\s+/),
);

/** The verb behind a program that has verbs; null where it has none, or none is plainly there. */
export function verbOf(program: string, rest: readonly Word[]): string | null {
	const module = moduleIndex(program, rest);
	if (module !== null) return `-m ${rest[module]?.text}`;
	const at = verbIndex(program, rest);
	const text = at === null ? "" : (rest[at]?.text ?? "");
	return /^:?[A-Za-z0-9][A-Za-z0-9_.:@-]{0,39}$/.test(text) ? text : null;
}

/** Where the verb of {@link verbOf} stands; null where there is none. */
export function verbIndex(program: string, rest: readonly Word[]): number | null {
	const valued = VERB_PROGRAMS.get(program);
	if (valued === undefined) return null;
	for (let index = 0; index < rest.length; index++) {
		const word = rest[index];
		if (word === undefined) return null;
		const { text } = word;
		if (text.startsWith("-")) {
			// The number of jobs may be left out, and then a target follows.
			const isJobs = text === "-j" || text === "--jobs";
			const hasValue = isJobs ? /^\d+$|^\$/.test(rest[index + 1]?.text ?? "") : valued.has(text);
			if (hasValue) index++;
			// What follows an option that nobody here knows may be its value, a token for one.
			else if (!isJobs && text.startsWith("--") && !isFlag(text)) return null;
		} else if (!isBeforeVerb(text)) return word.isLiteral ? index : null;
	}
	return null;
}

/** Where the module of `python -m module` stands, which is a program of its own; null without one. */
export function moduleIndex(program: string, rest: readonly Word[]): number | null {
	if (!/^(?:python|pypy)[\d.]*$|^py$/.test(program)) return null;
	for (let index = 0; index < rest.length; index++) {
		const text = rest[index]?.text ?? "";
		if (/^-[A-Zbdhiqsuvx]*m$/.test(text)) {
			const module = rest[index + 1];
			return module?.isLiteral && /^[A-Za-z_][\w.]{0,39}$/.test(module.text) ? index + 1 : null;
		}
		if (/^-[WX]$/.test(text)) index++;
		else if (!text.startsWith("-") || /^-[A-Za-z]*c/.test(text) || text === "-") return null;
	}
	return null;
}

function isFlag(option: string): boolean {
	return option.includes("=") || option.startsWith("--no-") || FLAGS.has(option);
}

/** A toolchain (`cargo +nightly`), or a variable (`make CC=gcc`). */
function isBeforeVerb(text: string): boolean {
	return text.startsWith("+") || /^[A-Za-z_]\w*[:?+]?=/.test(text);
}
