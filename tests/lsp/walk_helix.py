"""Helix walks through a copy of bookinfo on a terminal, with the configuration of the documentation.

usage: walk_helix.py CONFIGURATION COMMAND…    (COMMAND starts Helix)
"""

import fcntl
import os
import pathlib
import pty
import re
import select
import struct
import sys
import termios
import time

HERE = pathlib.Path.cwd()
ESCAPE = "\x1b"


class Terminal:
    """What Helix wrote on its terminal since it was asked last."""

    def __init__(self, command, environment):
        self.child, self.terminal = pty.fork()
        if self.child == 0:
            fcntl.ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 160, 0, 0))
            os.execve(command[0], command, environment)
        self.written = ""

    def read(self, seconds):
        if select.select([self.terminal], [], [], seconds)[0]:
            part = os.read(self.terminal, 65536).decode(errors="replace")
            # Without what moves the cursor and colours it.
            self.written += re.sub(r"\x1b(\[[0-9;?>=]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[()=>].?)", "", part)

    def until(self, what, is_so):
        end = time.monotonic() + 60
        while not is_so():
            if time.monotonic() > end:
                raise SystemExit(f"{what} did not come; on the terminal:\n{self.written[-4000:]}")
            self.read(0.1)

    def sees(self, words):
        self.until(repr(words), lambda: words in self.written)

    def types(self, keys):
        self.read(0.3)
        self.written = ""
        os.write(self.terminal, keys.encode())


def holds(name, words):
    return lambda: words in (HERE / name).read_text()


def main():
    configuration, command = sys.argv[1], sys.argv[2:]
    home = HERE / ".home"
    (home / "helix").mkdir(parents=True)
    (home / "bin").mkdir()
    (home / "helix/languages.toml").write_text(configuration)
    (home / "bin/mtlsctl").symlink_to(os.environ["MTLSCTL"])
    environment = {**os.environ, "XDG_CONFIG_HOME": str(home), "XDG_CACHE_HOME": str(home), "TERM": "xterm-256color",
                   "PATH": f"{home / 'bin'}:{os.environ['PATH']}"}
    helix = Terminal([*command, "reviews.yaml"], environment)
    helix.types("/upstrean\r")
    # The diagnostic under the cursor.
    helix.sees("no TLSContext is called")
    helix.types(" k")
    helix.sees("1 Mapping depends on it")
    helix.types(ESCAPE)
    helix.types(" a")
    helix.sees("Create TLSContext")
    helix.types("\r")
    helix.types(":w\r")
    helix.until("the fix", holds("reviews.yaml", "tls: istio-upstream\n"))
    helix.types("gd")
    helix.sees("cacert_chain_file")
    helix.types(" r")
    helix.sees("rename-to:")
    helix.types("\x15mesh\r")
    helix.types(":wa\r")
    helix.until("the new name", holds("istio.yaml", "name: mesh\n"))
    helix.until("the new name", holds("reviews.yaml", "tls: mesh\n"))
    helix.types(":qa\r")
    os.waitpid(helix.child, 0)


main()
