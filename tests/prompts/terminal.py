"""A person at a terminal: terminal.py STEPS COMMAND WORD…

Runs the command on a pseudo terminal. STEPS is a JSON list of pairs: words that have to appear, and what is typed then; "\\u0003" is
Ctrl-C and "\\u0004" Ctrl-D. Prints a JSON object: "code" (minus the signal that ended it), "screen", and "echo", whether the terminal
shows again what is typed.
"""

import json
import os
import pty
import select
import signal
import sys
import termios
import time

PATIENCE = 60


def read_until(master, screen, words, start):
    end = time.monotonic() + PATIENCE
    while words.encode() not in bytes(screen[start:]):
        ready, _, _ = select.select([master], [], [], max(0.0, end - time.monotonic()))
        if not ready:
            raise SystemExit(f"expected {words!r} within {PATIENCE} s, found {bytes(screen).decode(errors='replace')!r}")
        try:
            piece = os.read(master, 65536)
        except OSError:
            piece = b""
        if not piece:
            raise SystemExit(f"expected {words!r}, found the end of {bytes(screen).decode(errors='replace')!r}")
        screen += piece
    return start + bytes(screen[start:]).index(words.encode()) + len(words.encode())


def main():
    steps, command = json.loads(sys.argv[1]), sys.argv[2:]
    master, slave = pty.openpty()
    child = os.fork()
    if child == 0:
        os.close(master)
        os.login_tty(slave) if hasattr(os, "login_tty") else take_terminal(slave)
        # A shell that runs the tests in the background ignores Ctrl-C for them; a person's shell does not.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.execv(command[0], command)
    screen, seen = bytearray(), 0
    for words, typed in steps:
        seen = read_until(master, screen, words, seen)
        # A prompt that hides what is typed throws away what was typed before it hid it.
        time.sleep(0.05)
        os.write(master, typed.encode())
    code = None
    end = time.monotonic() + PATIENCE
    while code is None:
        ready, _, _ = select.select([master], [], [], 0.05)
        if ready:
            try:
                screen += os.read(master, 65536)
            except OSError:
                pass
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            code = os.waitstatus_to_exitcode(status)
        elif time.monotonic() > end:
            raise SystemExit(f"expected an end, found {bytes(screen).decode(errors='replace')!r}")
    while select.select([master], [], [], 0)[0]:
        screen += os.read(master, 65536)
    echo = bool(termios.tcgetattr(slave)[3] & termios.ECHO)
    print(json.dumps({"code": code, "screen": screen.decode(errors="replace"), "echo": echo}))


def take_terminal(slave):
    import fcntl

    os.setsid()
    fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for own in (0, 1, 2):
        os.dup2(slave, own)


main()
