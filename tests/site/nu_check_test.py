#!/usr/bin/python3
"""Every page of the shipped content, and pages of juesuan diff, seen by the Nu HTML checker: no error, no warning.

The pages come over HTTP from this machine, as a browser would get them: for a file on the disk, "self" of
the Content-Security-Policy is nobody. `make test-full` installs the checker and names it in $VNU.
"""

import functools
import http.server
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
JUESUAN = os.environ.get("JUESUAN", "")
VNU = os.environ.get("VNU", "")


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments):
        pass


def serve(folder):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=folder))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}/"


def check(urls):
    """What the checker has to say, by page."""
    done = subprocess.run(["java", "-Dnu.validator.servlet.allow-forbidden-hosts=true", "-jar", VNU, "--format", "json", *urls], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    said = json.loads(done.stderr.decode())["messages"]
    return done.returncode, [f"{m.get('url')}:{m.get('lastLine', 0)}: {m['type']}: {m['message']}" for m in said]


def put_diffs(folder, site):
    """What a small site has otherwise than its first commit; what its two years have."""
    content = folder / "content"
    report = content / "departments/example/culture/2024/report.json"
    git = ["git", "-C", content, "-c", "user.name=somebody", "-c", "user.email=somebody@example.org"]
    subprocess.run([JUESUAN, "init", content], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([*git, "init", "-q"], check=True)
    subprocess.run([*git, "add", "-A", "-f"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "<first> & \"all\""], check=True)
    text = report.read_text("utf-8").replace('"1262.00"', '"1263.00"').replace("新馆开放", "<新馆> & 开放")
    report.write_text(text, "utf-8")
    (content / "departments/example/culture/2024/narrative.md").unlink()
    shutil.rmtree(content / "departments/example/culture/2024/projects")
    for name, asked in (("diff-revisions", ["HEAD"]), ("diff-years", ["2023", "2024"]), ("diff-same", ["HEAD", "HEAD"])):
        with open(site / f"{name}.html", "wb") as file:
            subprocess.run([JUESUAN, "diff", *asked, "--content", content, "--format", "html"], check=True, stdout=file)


def main():
    if not os.environ.get("FULL") or not os.path.exists(VNU):
        print("1..0 # SKIP the Nu HTML checker is run by make test-full")
        return 0
    with tempfile.TemporaryDirectory(prefix="juesuan-test-") as folder:
        site = pathlib.Path(folder) / "site"
        command = [JUESUAN, "build", "--content", ROOT / "content", "--theme", ROOT / "themes/default", "--out", site]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        subprocess.run([JUESUAN, "build", "--content", ROOT / "content", "--theme", ROOT / "themes/plain", "--out", site / "plain"], check=True, stdout=subprocess.DEVNULL)
        (site / "wrong.html").write_text("<!DOCTYPE html><title>t</title><p><div></p>", "utf-8")
        put_diffs(pathlib.Path(folder), site)
        base = serve(folder + "/site")
        pages = sorted(str(path.relative_to(site)) for path in site.rglob("*.html") if path.name != "wrong.html")
        status, said = check([base + page for page in pages])
        broken, complained = check([base + "wrong.html"])
    print("1..2")
    print(f"{'not ' if status or said else ''}ok 1 - the checker has nothing to say of {len(pages)} pages")
    for line in said[:20]:
        print("# " + line)
    print(f"{'not ' if not broken or not complained else ''}ok 2 - it has of a page that is wrong")
    return 1 if status or said or not broken else 0


sys.exit(main())
