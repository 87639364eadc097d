"""Reports calls of registered functions to the event log of Agent Live Graph.

Off unless FN_TELEMETRY=1. See README.md beside this file, and docs/events.md for the format.
It never raises, prints nothing, and writes no argument, result or message of an error.
"""

import os

# Most lines of one function, and of one process.
_MOST_OF_FUNCTION = 100
_MOST_OF_PROCESS = 1000
_MOST_FUNCTIONS = 1000000
_MOST_CHARACTERS = 256
_IS_TABLE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'functions'"


def _install():
    """Puts the hook before all other finders; does nothing where something is missing."""
    import sys

    session = os.environ.get("FN_TELEMETRY_SESSION") or os.environ.get("CLAUDE_CODE_SESSION_ID")
    registry = os.environ.get("FN_TELEMETRY_REGISTRY")
    if not session or not registry or os.environ.get("KEI_EVENTS_BYPASS") == "1":
        return
    registered = _Registered(os.path.expanduser(registry))
    log = _Log(_log_file(), session[:_MOST_CHARACTERS])
    sys.meta_path.insert(0, _Hook(registered, _Wrapper(registered, log)))


def _log_file():
    chosen = os.environ.get("KEI_EVENTS_FILE")
    if chosen:
        return os.path.expanduser(chosen)
    folder = os.environ.get("CLAUDE_CONFIG_DIR", "")
    # Several may stand there, with commas between.
    if not os.path.exists(os.path.expanduser(folder)):
        folder = folder.split(",")[0].strip()
    return os.path.join(os.path.expanduser(folder or "~/.claude"), "memory", "agent-events.jsonl")


class _Registered:
    """The functions of a registry, by the file or the module that they are in.

    Of SQLite: a table `functions` with `id`, `name` and, where it is there, `file_path`. A function
    without one is found by its id or name as `module.function`.
    """

    def __init__(self, path):
        import sqlite3

        self._folder = os.path.dirname(os.path.abspath(path))
        self._by_file = {}
        self._by_name = {}
        self._modules = set()
        uri = "file:" + path.replace("%", "%25").replace("?", "%3f").replace("#", "%23") + "?mode=ro"
        database = sqlite3.connect(uri, uri=True)
        try:
            # A view may never end.
            if not database.execute(_IS_TABLE).fetchone():
                return
            columns = {row[1] for row in database.execute("PRAGMA table_info(functions)")}
            place = "file_path" if "file_path" in columns else "NULL"
            sql = "SELECT id, name, %s FROM functions LIMIT %d" % (place, _MOST_FUNCTIONS)
            for identity, name, file_path in database.execute(sql):
                self._add(str(identity), str(name or ""), file_path)
        finally:
            database.close()

    def _add(self, identity, name, file_path):
        if identity.strip() == "" or len(identity) > _MOST_CHARACTERS:
            return
        path, _, within = identity.partition("#")
        if file_path is None and within != "":
            file_path, name = path, within
        if file_path is None:
            for each in (identity, name):
                if "." in each:
                    self._by_name.setdefault(each, identity)
                    parts = each.split(".")
                    self._modules.update(".".join(parts[:end]) for end in range(1, len(parts)))
        else:
            place = os.path.realpath(os.path.join(self._folder, str(file_path)))
            self._by_file.setdefault(place, {}).setdefault(name, identity)

    def may_be_in(self, module, path):
        """Whether a module can hold one: most do not, and stay as they are."""
        return module in self._modules or bool(path and os.path.realpath(path) in self._by_file)

    def identity_of(self, module, path, qualified):
        """Id of a function of a module; None where it has none."""
        names = self._by_file.get(os.path.realpath(path), {}) if path else {}
        return names.get(qualified) or self._by_name.get(module + "." + qualified)


class _Hook:
    """Lets the other finders find a module, and wraps its functions once it has been run."""

    def __init__(self, registered, wrapper):
        self._registered = registered
        self._wrapper = wrapper

    def find_spec(self, name, path=None, target=None):
        import sys

        for finder in sys.meta_path:
            find = None if finder is self else getattr(finder, "find_spec", None)
            spec = None if find is None else find(name, path, target)
            if spec is not None:
                self._watch(spec)
                return spec
        return None

    def _watch(self, spec):
        try:
            run = getattr(spec.loader, "exec_module", None)
            if run is None or not self._registered.may_be_in(spec.name, spec.origin):
                return

            def exec_module(module):
                run(module)
                self._wrapper.wrap_all(module, spec.origin)

            # The loader stays what it is: others ask it for sources and resources.
            spec.loader.exec_module = exec_module
        except Exception:
            pass


class _Wrapper:
    """Puts in place of each registered function one that reports its calls."""

    def __init__(self, registered, log):
        import threading

        self._registered = registered
        self._log = log
        self._open = threading.local()

    def wrap_all(self, module, path):
        try:
            for owner, prefix in self._owners(module):
                for name, value in list(vars(owner).items()):
                    identity = self._registered.identity_of(module.__name__, path, prefix + name)
                    wrapped = None if identity is None else self._wrapped(value, identity)
                    if wrapped is not None:
                        setattr(owner, name, wrapped)
        except Exception:
            pass

    @staticmethod
    def _owners(module):
        """The module, and the classes that are defined in it."""
        yield module, ""
        for name, value in list(vars(module).items()):
            if isinstance(value, type) and value.__module__ == module.__name__:
                yield value, name + "."

    def _wrapped(self, value, identity):
        import inspect

        if isinstance(value, (staticmethod, classmethod)):
            within = self._wrapped(value.__func__, identity)
            return None if within is None else type(value)(within)
        # A generator has done nothing yet when its call comes back.
        if not inspect.isfunction(value) or inspect.isgeneratorfunction(value):
            return None
        if inspect.isasyncgenfunction(value):
            return None
        make = self._of_async if inspect.iscoroutinefunction(value) else self._of
        return make(value, identity)

    def _of(self, function, identity):
        import functools
        import time

        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            # A function that calls itself is one call.
            if getattr(self._open, identity, False):
                return function(*args, **kwargs)
            setattr(self._open, identity, True)
            began, error = time.perf_counter(), None
            try:
                return function(*args, **kwargs)
            except BaseException as raised:
                error = type(raised).__name__
                raise
            finally:
                setattr(self._open, identity, False)
                self._log.called(identity, (time.perf_counter() - began) * 1000, error)

        return wrapper

    def _of_async(self, function, identity):
        import functools
        import time

        @functools.wraps(function)
        async def wrapper(*args, **kwargs):
            began, error = time.perf_counter(), None
            try:
                return await function(*args, **kwargs)
            except BaseException as raised:
                error = type(raised).__name__
                raise
            finally:
                self._log.called(identity, (time.perf_counter() - began) * 1000, error)

        return wrapper


class _Log:
    """Appends lines as hooks do: one write each, behind a newline, to nothing but a plain file."""

    def __init__(self, path, session):
        import itertools
        import threading

        self._path = path
        self._session = session
        # A counter's step is whole among threads. A lock would be copied closed by a fork.
        self._new_counter = itertools.count
        self._counters = {}
        self._counter = itertools.count()
        self._busy = threading.local()

    def called(self, identity, duration_ms, error):
        # What it calls to write a line may be registered as well.
        if getattr(self._busy, "is_writing", False):
            return
        self._busy.is_writing = True
        try:
            counter = self._counters.setdefault(identity, self._new_counter())
            if next(counter) < _MOST_OF_FUNCTION and next(self._counter) < _MOST_OF_PROCESS:
                self._append(self._line(identity, duration_ms, error))
        except Exception:
            pass
        finally:
            self._busy.is_writing = False

    def _line(self, identity, duration_ms, error):
        import datetime
        import json
        import uuid

        now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="milliseconds")
        fields = {
            "v": 2,
            "ts": now.replace("+00:00", "Z"),
            "event": "function_call",
            "session_id": self._session,
            "id": "py_" + uuid.uuid4().hex,
            "name": identity,
            "success": error is None,
            "duration_ms": round(max(duration_ms, 0), 3),
        }
        if error is not None:
            fields["grade"] = error[:64] if error.isidentifier() else "Error"
        return json.dumps(fields).encode("ascii") + b"\n"

    def _append(self, line):
        import stat

        if len(line) > 4096:
            return
        folder = os.path.dirname(self._path)
        if folder:
            os.makedirs(folder, mode=0o700, exist_ok=True)
        # Whoever opens a pipe may wait for ever.
        if os.path.exists(self._path) and not stat.S_ISREG(os.stat(self._path).st_mode):
            return
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_NONBLOCK", 0)
        handle = os.open(self._path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)
        try:
            size = os.fstat(handle).st_size
            if size > 0:
                os.lseek(handle, size - 1, os.SEEK_SET)
                if os.read(handle, 1) != b"\n":
                    line = b"\n" + line
            os.write(handle, line)
        finally:
            os.close(handle)


if os.environ.get("FN_TELEMETRY") == "1":
    try:
        _install()
    except Exception:
        pass
