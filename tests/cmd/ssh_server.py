"""ssh_server: bare repositories over ssh, on a port of this machine.

    /usr/bin/python3 tests/cmd/ssh_server.py PUBLIC_KEY

Whoever has the key may fetch from and push to any repository of this machine, by its path. Prints the port, then the
line of known_hosts that it is known by. Runs until it is ended.
"""
import shlex
import socket
import subprocess
import sys
import threading

import paramiko

allowed = paramiko.PublicBlob.from_file(sys.argv[1]).key_blob
host_key = paramiko.RSAKey.generate(2048)


class Door(paramiko.ServerInterface):
    def get_allowed_auths(self, username):
        return "publickey"

    def check_auth_publickey(self, username, key):
        return paramiko.AUTH_SUCCESSFUL if key.asbytes() == allowed else paramiko.AUTH_FAILED

    def check_channel_request(self, kind, chanid):
        return paramiko.OPEN_SUCCEEDED

    def check_channel_exec_request(self, channel, command):
        threading.Thread(target=run_git, args=(channel, shlex.split(command.decode())), daemon=True).start()
        return True


def copy(read, write, end):
    while data := read(65536):
        write(data)
    end()


def run_git(channel, words):
    if words[0] not in ("git-receive-pack", "git-upload-pack"):
        channel.send_exit_status(127)
        channel.close()
        return
    git = subprocess.Popen(["git", words[0][4:], *words[1:]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
    threading.Thread(target=copy, args=(channel.recv, git.stdin.write, git.stdin.close), daemon=True).start()
    copy(git.stdout.read, channel.sendall, lambda: None)
    channel.send_exit_status(git.wait())
    channel.close()


listener = socket.create_server(("127.0.0.1", 0))
port = listener.getsockname()[1]
print(port, f"[127.0.0.1]:{port} {host_key.get_name()} {host_key.get_base64()}", sep="\n", flush=True)
while True:
    transport = paramiko.Transport(listener.accept()[0])
    transport.add_server_key(host_key)
    transport.start_server(server=Door(), event=threading.Event())
