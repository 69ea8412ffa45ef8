"""What the scripts of tests/dataset and tests/content share: TAP, temporary folders, a built site."""

import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
CONTENT = ROOT / "content"
JUESUAN = os.environ.get("JUESUAN", "")


def juesuan(*arguments):
    """Runs the program; what it prints."""
    done = subprocess.run([JUESUAN, *map(str, arguments)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert not done.returncode, f"juesuan {arguments[0]}: {done.stderr.decode()}"
    return done.stdout.decode()


def build(content, out, *options):
    juesuan("build", "--content", content, "--theme", ROOT / "themes/default", "--out", out, "--no-history", *options)


@contextlib.contextmanager
def folder():
    path = pathlib.Path(tempfile.mkdtemp(prefix="juesuan-test-"))
    try:
        yield path
    finally:
        shutil.rmtree(path)


def shortened(value):
    text = repr(value)
    return text if len(text) <= 400 else text[:400] + "..."


def check_same(what, found, expected):
    if isinstance(found, set) and isinstance(expected, set):
        missing, extra = sorted(map(str, expected - found)), sorted(map(str, found - expected))
        assert found == expected, f"{what}: missing {shortened(missing)}, too many {shortened(extra)}"
    assert found == expected, f"{what}: found {shortened(found)}, expected {shortened(expected)}"


def check_same_rows(what, found, expected):
    """Two dictionaries of rows by key: names the first rows that differ."""
    missing = [key for key in expected if key not in found]
    extra = [key for key in found if key not in expected]
    assert not missing and not extra, f"{what}: missing {shortened(missing)}, too many {shortened(extra)}"
    for key, row in expected.items():
        check_same(f"{what} {key}", found[key], row)


def run_tests(tests):
    """Runs functions, each with its own description, and speaks TAP. The exit status."""
    failures = 0
    print(f"1..{len(tests)}")
    for number, (description, test) in enumerate(tests, 1):
        try:
            test()
            print(f"ok {number} - {description}")
        except Exception as error:
            failures += 1
            message = str(error) if isinstance(error, AssertionError) else repr(error)
            message = message.replace("\n", "\n# ")
            print(f"not ok {number} - {description}\n# {message}")
    return 1 if failures else 0


def run_prepared(prepare):
    """The same with what `prepare` returns; when that fails, there is one test, which failed."""
    try:
        tests = prepare()
    except Exception as error:
        failure = error

        def test():
            raise failure

        tests = [("what is to be tested can be read", test)]
    return run_tests(tests)
