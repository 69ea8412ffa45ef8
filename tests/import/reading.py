"""What the tests of the readers share: documents that are made here, read by print_document, and compared.

What is expected stands in tests/import/golden/. All that the documents say is invented (虚构).
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "dataset"))
import harness
from harness import check_same

SHARED = pathlib.Path(os.environ.get("SHARED") or harness.ROOT.parent / "shared")
GOLDEN = pathlib.Path(__file__).resolve().parent / "golden"
PROGRAM = pathlib.Path(os.environ.get("BUILD") or harness.ROOT / "build") / "tests/import/print_document"
VALGRIND = f"{shutil.which('valgrind')} --quiet --error-exitcode=99 --leak-check=full --child-silent-after-fork=yes".split()


def many(n):
    """So many, or a hundredth of it under valgrind."""
    return n // 100 if os.environ.get("MEMCHECK") else n


def run(path, *options, env=None):
    """Exit status, standard output and standard error of print_document."""
    command = [*(VALGRIND if os.environ.get("MEMCHECK") else []), PROGRAM, *options, path]
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def read(data, *options, env=None):
    """The same for these bytes; the name of the file says nothing, and is a hard one."""
    with tempfile.TemporaryDirectory(prefix="juesuan 测试 ") as folder:
        path = pathlib.Path(folder) / "虚构 的 文件"
        path.write_bytes(data)
        return run(path, *options, env=env)


def tree(data, *options):
    """What was read, which must be without a word."""
    status, out, err = read(data, *options)
    assert (status, err) == (0, ""), f"exit {status}: {err}"
    return out


def check_golden(name, found):
    path = GOLDEN / name
    if os.environ.get("UPDATE"):  # then look at the difference
        path.write_text(found, "utf-8")
    expected = path.read_text("utf-8")
    if found != expected:
        both = zip(found.splitlines() + [""] * 999, expected.splitlines() + [""])
        number, (a, b) = next((i, pair) for i, pair in enumerate(both, 1) if pair[0] != pair[1])
        raise AssertionError(f"{name}:{number}: found {a!r}, expected {b!r}")


def check_refused(data, error, *options, hint="", env=None):
    """Nothing is read, and one error says so: its id and what its message and hint contain."""
    status, out, err = read(data, *options, env=env)
    check_same("exit and output", (status, out), (1, ""))
    assert err.startswith(f"error {error}:") and err.count("error ") == 1, f"expected {error}, got {err}"
    assert hint in err, f"expected {hint}, got {err}"


def check_warned(data, *warnings):
    """It is read, and these are the ids of the warnings; what was read."""
    status, out, err = read(data)
    check_same("exit", status, 0)
    found = [line.split()[1].rstrip(":") for line in err.splitlines() if line.startswith("warning ")]
    check_same("warnings", found, list(warnings))
    return out


def tests_of(module):
    """Its functions test_..., with the first line of their descriptions."""
    functions = [value for name, value in vars(module).items() if name.startswith("test_")]
    return [(function.__doc__.splitlines()[0].rstrip("."), function) for function in functions]


def main(name):
    sys.exit(harness.run_tests(tests_of(sys.modules[name])))
