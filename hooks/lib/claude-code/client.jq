# What a client's payloads have of their own, turned into those of Claude Code, which all the rest
# reads. Of Claude Code's nothing; its lines need not say whose they are.
def told: .client = null;

# The agent tool; older clients call it Task.
def launches_agent: .tool_name | test("^(Agent|Task)$"; null);

def runs_shell: .tool_name | test("^(Bash|PowerShell)$"; null);
